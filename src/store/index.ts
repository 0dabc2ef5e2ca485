export { FileStore } from './file-store';
export { lockFolder } from './lock';
