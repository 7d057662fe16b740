using System.Globalization;

namespace Support.Aws.Storage;

/// <summary>How the upload after a run is done: what its caller alone knows.</summary>
/// <param name="Within">How long it may take in all. 5 to 600 s; default: 50 s.</param>
/// <param name="IsRunOfSteps">Whether <c>capacity.json</c> is an earlier run's, so that <c>steps.jsonl</c> names the run. Default: false.</param>
public sealed record UploadOptions(TimeSpan Within, bool IsRunOfSteps)
{
    private const int Least = 5;
    private const int Most = 600;

    /// <summary>The options of a command line: <c>--within SECONDS</c> and <c>--run-of-steps</c>, in any order.</summary>
    /// <param name="arguments">The arguments of the program.</param>
    /// <returns>Null where an argument is unknown, or the seconds are no whole number from 5 to 600.</returns>
    public static UploadOptions? Parse(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var options = new UploadOptions(TimeSpan.FromSeconds(50), false);
        for (var at = 0; at < arguments.Count; at++)
        {
            if (arguments[at] == "--run-of-steps")
                options = options with { IsRunOfSteps = true };
            else if (arguments[at] == "--within" && ++at < arguments.Count && Seconds(arguments[at]) is { } within)
                options = options with { Within = within };
            else
                return null;
        }

        return options;
    }

    private static TimeSpan? Seconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= Least and <= Most ? TimeSpan.FromSeconds(seconds) : null;
}
