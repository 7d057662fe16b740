using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Client;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Logging;

namespace ScreenLogger;

/// <summary>
/// What a person sees of a run: the run's own lines as they happen, and the name of a test that failed. The platform's
/// console logger shows each test and then its lines again; it is left with the last line, which counts the tests.
/// </summary>
[ExtensionUri("logger://websocket-capacity/screen")]
[FriendlyName("screen")]
public sealed class ScreenLogger : ITestLogger
{
    /// <inheritdoc />
    public void Initialize(TestLoggerEvents events, string testRunDirectory)
    {
        events.TestRunMessage += (_, said) => Show(said);
        events.TestResult += (_, ended) => Show(ended.Result);
    }

    // What is for information only is what a test leaves as its output, once more: that is for the TRX.
    private static void Show(TestRunMessageEventArgs said)
    {
        if (said.Level != TestMessageLevel.Informational)
            Write(said.Message);
    }

    // Why a test failed is said by the run itself, where it expected that; what it did not expect has a place in the
    // code.
    private static void Show(TestResult result)
    {
        if (result.Outcome != TestOutcome.Failed)
            return;
        Write($"FAILED   {result.DisplayName ?? result.TestCase.DisplayName}");
        if (!string.IsNullOrWhiteSpace(result.ErrorStackTrace))
            Write($"{result.ErrorMessage}\n{result.ErrorStackTrace}");
    }

    private static void Write(string line) => Console.WriteLine(line.TrimEnd());
}
