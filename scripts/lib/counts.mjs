// How many tests passed and failed, read from what the three test runners print at their end.

/** A red stage counts as at least one failure, whatever its output says. */
export function counted(code, output) {
  const plain = output.replace(/\x1b\[[0-9;]*m/g, '');
  const passed = sum(plain, /^ℹ pass (\d+)$/gm) + sum(plain, /^test result: .*?(\d+) passed/gm) +
    sum(plain, /^\s*Summary .*?(\d+) passed/gm);
  const failed = sum(plain, /^ℹ (?:fail|cancelled) (\d+)$/gm) + sum(plain, /^test result: .*?(\d+) failed/gm) +
    sum(plain, /^\s*Summary .*?(\d+) failed/gm);
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}

function sum(text, pattern) {
  return [...text.matchAll(pattern)].reduce((total, [, number]) => total + Number(number), 0);
}
