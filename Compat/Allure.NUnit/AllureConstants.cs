namespace Allure.Net.Commons;

/// <summary>Names that both the writer of the results and the report know.</summary>
public sealed class AllureConstants
{
    /// <summary>The environment variable that names the configuration file.</summary>
    public const string ALLURE_CONFIG_ENV_VARIABLE = "ALLURE_CONFIG";

    /// <summary>The configuration file that is looked for beside the test assembly.</summary>
    public const string CONFIG_FILENAME = "allureConfig.json";

    /// <summary>The results directory where none is configured, below the current directory.</summary>
    public const string DEFAULT_RESULTS_FOLDER = "allure-results";

    /// <summary>The end of a result file's name.</summary>
    public const string TEST_RESULT_FILE_SUFFIX = "-result.json";

    /// <summary>The end of a container file's name.</summary>
    public const string TEST_RESULT_CONTAINER_FILE_SUFFIX = "-container.json";

    /// <summary>The end of an attachment file's name, before the extension.</summary>
    public const string ATTACHMENT_FILE_SUFFIX = "-attachment";

    private AllureConstants()
    {
    }
}
