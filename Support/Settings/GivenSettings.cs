using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>A value as a user gave it.</summary>
/// <param name="Text">As given; may be a secret.</param>
/// <param name="Where">As in <see cref="SettingProblem.Where"/>.</param>
/// <param name="Source">As in <see cref="RedactedSetting.Source"/>.</param>
internal readonly record struct GivenValue(string Text, string Where, string Source);

/// <summary>The two sources as one: the environment beats the parameter.</summary>
internal sealed class GivenSettings(IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, string> environment)
{
    public const string Parameter = "parameter";
    private const string FromEnvironment = "environment";

    /// <summary>The value that counts; null where the setting is not given.</summary>
    public GivenValue? Find(SettingDefinition setting)
    {
        if (environment.TryGetValue(setting.EnvironmentName, out var variable))
            return new GivenValue(variable, setting.EnvironmentName, FromEnvironment);
        return parameters.TryGetValue(setting.Name, out var parameter) ? new GivenValue(parameter, Parameter, Parameter) : null;
    }

    /// <summary>Every name that looks like a setting and is none, in the order of the alphabet.</summary>
    public ImmutableArray<SettingProblem> Unknown()
    {
        var names = SettingCatalog.All.Select(setting => setting.Name).ToHashSet(StringComparer.Ordinal);
        var variables = SettingCatalog.All.Select(setting => setting.EnvironmentName).ToHashSet(EnvironmentComparer);
        return
        [
            .. parameters.Where(given => !names.Contains(given.Key))
                .OrderBy(given => given.Key, StringComparer.Ordinal)
                .Select(given => UnknownName(given.Key, Parameter, given.Value)),
            .. environment.Where(given => IsOurs(given.Key) && !variables.Contains(given.Key))
                .OrderBy(given => given.Key, StringComparer.Ordinal)
                .Select(given => UnknownName(given.Key, given.Key, given.Value)),
        ];
    }

    private static StringComparer EnvironmentComparer =>
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    private static bool IsOurs(string variable) =>
        variable.StartsWith(SettingDefinition.EnvironmentPrefix, StringComparison.OrdinalIgnoreCase);

    private static SettingProblem UnknownName(string name, string where, string value)
    {
        var nearest = NearestName.Of(name);
        var shown = NearestName.IsSame(name, nearest) ? nearest.Echo(value) : SettingFormats.Hidden;
        var nearestName = where == Parameter ? nearest.Name : nearest.EnvironmentName;
        return new SettingProblem(SettingFormats.EchoPlain(name), where, shown, "a known name", "", nearestName);
    }
}
