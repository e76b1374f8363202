// The closing line; a run in which nothing was tested is a failure.
class Closing {
  constructor() {
    this.last = new Map();
    this.start = Date.now();
  }

  onTestEnd(test, result) {
    this.last.set(test.id, result.status);
  }

  onEnd({ status }) {
    const count = (...names) => [...this.last.values()].filter((s) => names.includes(s)).length;
    const passed = count("passed");
    const failed = count("failed", "timedOut", "interrupted");
    const seconds = Math.round((Date.now() - this.start) / 1000);
    console.log(`journeys: ${passed} passed, ${failed} failed, ${count("skipped")} skipped, in ${seconds} s`);
    return passed + failed === 0 ? { status: "failed" } : { status };
  }

  printsToStdio() {
    return true;
  }
}

module.exports = Closing;
