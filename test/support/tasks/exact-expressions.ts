/** Value of an expression in digits, + - * and brackets, by the arithmetic of this language on big integers. */
export function exactValue(expression: string): bigint {
  const literal = expression.replaceAll(/\d+/g, '$&n').replaceAll('-', ' -');
  return new Function(`return ${literal}`)() as bigint;
}

/** Floor modulo. */
export const modulo = (value: bigint, modulus: bigint): number => Number(((value % modulus) + modulus) % modulus);
