namespace Allure.Net.Commons.Configuration;

/// <summary>
/// Finds the configuration file: the one that ALLURE_CONFIG names, else <c>allureConfig.json</c> beside the test
/// assembly.
/// </summary>
internal static class ConfigurationFile
{
    /// <summary>The text of the file; an empty object where there is none.</summary>
    /// <exception cref="FileNotFoundException">ALLURE_CONFIG names a file that does not exist.</exception>
    public static string Read()
    {
        if (Environment.GetEnvironmentVariable(AllureConstants.ALLURE_CONFIG_ENV_VARIABLE) is { } named)
        {
            return File.Exists(named)
                ? File.ReadAllText(named)
                : throw new FileNotFoundException(
                    $"{AllureConstants.ALLURE_CONFIG_ENV_VARIABLE} is '{named}', and there is no such file. Name an "
                    + "existing file or unset the variable.",
                    named);
        }

        var beside = Path.Combine(AppContext.BaseDirectory, AllureConstants.CONFIG_FILENAME);
        return File.Exists(beside) ? File.ReadAllText(beside) : "{}";
    }
}
