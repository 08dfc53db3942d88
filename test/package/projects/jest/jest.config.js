module.exports = {
  testEnvironment: "node",
  testMatch: ["**/*.jest.ts"],
  transform: { "\\.ts$": ["ts-jest", {}] },
};
