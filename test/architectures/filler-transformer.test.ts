import { filler, FillerTransformer } from '../../architectures/filler-transformer';
import { Rwkv } from '../../architectures/rwkv';
import { unitOf } from '../../registry/units';

it('is the Transformer under another id and mode', () => {
  expect(unitOf(FillerTransformer)!.meta).toMatchObject({
    id: 'filler-transformer',
    mode: 'filler',
    variantOf: 'transformer',
  });
});

it('wraps any causal row', () => {
  expect(unitOf(filler(Rwkv))!.meta).toMatchObject({ id: 'filler-rwkv', mode: 'filler', variantOf: 'rwkv' });
});
