using System.Text.RegularExpressions;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>A next step whose command, where it has one, is set apart: it stands at the end.</summary>
internal static partial class CommandText
{
    /// <summary>The words, and from <c>aws SERVICE OPERATION</c> on the command.</summary>
    internal static object[] Of(string next)
    {
        var line = Words.OneLine(next);
        return Command().Match(line) is { Success: true } found
            ? [line[..found.Index], Tag("code", "command", found.Value)]
            : [line];
    }

    [GeneratedRegex(@"(?<=^|\s)aws [a-z][a-z0-9-]+ [a-z][a-z0-9-]+.*$", RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}
