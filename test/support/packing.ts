import { packRecords, unpackRecords } from '../../src/run/packing/packing';
import { FileStore } from '../../src/run/store/file-store';

// A process of its own that packs a folder, or unpacks it, to be killed at it.
const [, , folder, way] = process.argv;
const move = way === 'unpack' ? unpackRecords : packRecords;
move(new FileStore(folder!));
