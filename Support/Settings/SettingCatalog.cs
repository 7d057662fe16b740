using System.Collections.Immutable;
using System.Text;

namespace Support.Settings;

/// <summary>Every setting, in the order in which they are read and shown.</summary>
/// <remarks>
/// The one place that knows what can be set: reading, messages, redaction, unknown names, the README's table and the examples in
/// <c>.runsettings</c> follow from it. A new setting is one entry in one of the lists below.
/// </remarks>
public static class SettingCatalog
{
    /// <summary>Every setting.</summary>
    public static ImmutableArray<SettingDefinition> All { get; } =
        [.. TargetDefinitions.All, .. LadderDefinitions.All, .. PoolDefinitions.All, .. GateDefinitions.All, .. RunDefinitions.All, .. AwsDefinitions.All];

    /// <summary>The setting of that name, exactly as it is spelt; null where there is none.</summary>
    public static SettingDefinition? Find(string name) =>
        All.FirstOrDefault(setting => setting.Name.Equals(name, StringComparison.Ordinal));

    /// <summary>The README's table, lines ended by a line feed.</summary>
    public static string MarkdownTable()
    {
        var table = new StringBuilder("| setting | environment variable | default | allowed | meaning |\n");
        table.Append("| --- | --- | --- | --- | --- |\n");
        foreach (var setting in All)
        {
            string[] cells = [$"`{setting.Name}`", $"`{setting.EnvironmentName}`", setting.Default, setting.Allowed, setting.Meaning];
            table.Append("| ").AppendJoin(" | ", cells.Select(Escape)).Append(" |\n");
        }

        return table.ToString();
    }

    /// <summary>Every setting with its default as a line for <c>.runsettings</c>; each line can be used as it is.</summary>
    /// <returns>Lines ended by a line feed, without the comment around them.</returns>
    public static string RunSettingsExamples()
    {
        var defaults = new CapacitySettings();
        return string.Concat(All.Select(setting => $"<Parameter name=\"{setting.Name}\" value=\"{setting.Show(defaults)}\" />\n"));
    }

    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);
}
