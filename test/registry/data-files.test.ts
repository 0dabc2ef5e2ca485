import { DataFiles } from '../../registry/data-files';

const [digest, other] = ['a'.repeat(64), 'b'.repeat(64)];

it('knows where the files of a digest are, as whoever asked for them called them', () => {
  const files = new DataFiles();
  files.add(digest, '/data/x.jsonl', './x.jsonl');
  files.addAll({ [other]: '/data/y.jsonl' });
  files.addAll(undefined);
  expect(files.find(digest)).toEqual({ path: '/data/x.jsonl', name: './x.jsonl' });
  expect(files.find(other)).toEqual({ path: '/data/y.jsonl', name: 'y.jsonl' });
});

it('says that it does not know', () => {
  expect(() => new DataFiles().find(digest)).toThrow(
    `Nothing says where the data with the digest ${'a'.repeat(12)} are.`,
  );
});

it('finds digests among values', () => {
  const files = new DataFiles();
  files.add(digest, '/data/x.jsonl');
  expect(files.among([3, other, digest, null])).toEqual({ [digest]: '/data/x.jsonl' });
  expect(files.among([3, other])).toBeUndefined();
});
