// Lighthouse has the machine for itself: one page at a time, after the journeys.
const journeys = require("./playwright.config.js");

module.exports = { ...journeys, testMatch: "lighthouse.js", workers: 1, fullyParallel: false, timeout: 600_000 };
