// npm run edge -- NAME: the edge tests of that file or title on the real runtime; without a name all.
import { runPicked } from './lib/pick.mjs';
import { main } from './lib/run.mjs';

await main(() => runPicked('tests/edge', process.argv[2]));
