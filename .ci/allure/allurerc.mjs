// What the report of Allure 3 needs to be told: its own defaults show packages in place of suites, and categories.json is left unread.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const results = process.env.CAPACITY_ALLURE_RESULTS;
const categories = results && join(results, "categories.json");

export default {
  name: "WebSocket capacity",
  appendHistory: false,
  categories: categories && existsSync(categories) ? JSON.parse(readFileSync(categories, "utf8")) : [],
  plugins: {
    awesome: {
      options: {
        groupBy: ["parentSuite", "suite", "subSuite"],
        defaultSortBy: "order,asc",
        reportLanguage: "en",
      },
    },
  },
};
