namespace Support.Settings;

/// <summary>The known name that someone who wrote an unknown one most likely meant.</summary>
internal static class NearestName
{
    /// <summary>
    /// The nearest setting by the number of single-character edits (Levenshtein) to its letters and digits, in any
    /// case: so <c>ladder.steps</c> and <c>CAPACITY_LADDER_STEPS</c> are both at distance 0 of <c>Ladder.Steps</c>. A
    /// name that goes on where the unknown one ends comes first: <c>Gate.Required</c> was cut short.
    /// </summary>
    public static SettingDefinition Of(string unknown)
    {
        var wanted = Plain(unknown);
        return SettingCatalog.All
            .OrderByDescending(setting => Plain(setting.Name).StartsWith(wanted, StringComparison.Ordinal))
            .ThenBy(setting => Distance(wanted, Plain(setting.Name)))
            .First();
    }

    /// <summary>The nearest of at least one other name, measured in the same way.</summary>
    public static string Of(string unknown, IEnumerable<string> known) =>
        known.MinBy(name => Distance(Plain(unknown), Plain(name)))!;

    /// <summary>Whether one or two characters more, less or other would make the name that one.</summary>
    public static bool IsMisspelt(string unknown, string known) =>
        unknown != known && Distance(Plain(unknown), Plain(known)) <= 2;

    /// <summary>Whether the unknown name is that setting's, only written in another way.</summary>
    public static bool IsSame(string unknown, SettingDefinition setting) => Plain(unknown) == Plain(setting.Name);

    private static string Plain(string name)
    {
        var start = name.StartsWith(SettingDefinition.EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)
            ? SettingDefinition.EnvironmentPrefix.Length
            : 0;
        return string.Concat(name[start..].Where(char.IsLetterOrDigit)).ToUpperInvariant();
    }

    // Wagner and Fischer, one row at a time: row[j] is the distance of what was read of a to the first j characters of
    // b.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
