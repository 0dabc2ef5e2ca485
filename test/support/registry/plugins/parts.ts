import type { Reference } from 'chomsky-zoo';

export const title = 'Echo';
export const reference: Reference = { authors: 'Nobody', title: 'None', identifier: 'https://example.org' };
