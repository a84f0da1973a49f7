// npm run browser -- NAME: the browser tests of that file or title; without a name all.
import { runPicked } from './lib/pick.mjs';
import { main } from './lib/run.mjs';

await main(() => runPicked('tests/browser', process.argv[2]));
