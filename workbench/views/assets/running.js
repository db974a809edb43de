// Does the server still work on what was asked of it?  For what waits until a screen stands as it will.
window.filatureRunning = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning";
