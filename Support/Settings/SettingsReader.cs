using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>Reads every setting before anything is opened, so that a user learns of all problems in one go.</summary>
public static class SettingsReader
{
    /// <summary>Reads the settings; the environment beats the parameters.</summary>
    /// <remarks>
    /// Asks the disk only whether files can be read and <c>Reports.Directory</c> can be written to; makes that folder.
    /// Empty values are refused everywhere: a variable that a pipeline left empty by mistake would else measure another
    /// server or drop a gate without a word.
    /// </remarks>
    /// <param name="parameters">The test run parameters by their public names, matched exactly.</param>
    /// <param name="environment">
    /// As <see cref="ProcessEnvironment.Read"/> returns it; other variables are ignored.
    /// </param>
    /// <param name="baseDirectory">The repository's root, absolute: what relative paths are relative to.</param>
    /// <exception cref="ArgumentException">The base directory is not absolute.</exception>
    public static SettingsResult Read(
        IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, string> environment,
        string baseDirectory)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(environment);
        return Read(new GivenSettings(parameters, environment), baseDirectory, new SettingsDisk());
    }

    internal static SettingsResult Read(GivenSettings given, string baseDirectory, ISettingsDisk disk)
    {
        if (!Path.IsPathFullyQualified(baseDirectory))
            throw new ArgumentException(
                $"The base directory was '{baseDirectory}'; allowed: an absolute path.", nameof(baseDirectory));
        var (settings, problems) = Parse(given, SettingCatalog.All);
        var resolved = SettingsChecks.Resolve(settings, baseDirectory);
        problems = SettingsChecks.AddProblems(settings, resolved, given, problems, baseDirectory, disk);
        var redacted = Redact(settings, given, problems);
        problems = [.. problems.OrderBy(problem => Position(problem.Name)), .. given.Unknown()];
        if (problems.IsEmpty) resolved = resolved with { Redacted = redacted };
        return new()
        {
            Settings = problems.IsEmpty ? resolved : null,
            Problems = problems,
            Redacted = redacted,
            ReportsDirectory = problems.All(problem => problem.Name != "Reports.Directory")
                ? resolved.Reports.Directory
                : null,
        };
    }

    /// <summary>Reads some of the settings; touches no disk, and leaves out what they need of each other.</summary>
    internal static (CapacitySettings Settings, ImmutableArray<SettingProblem> Problems) Parse(
        GivenSettings given, IEnumerable<SettingDefinition> definitions)
    {
        var settings = new CapacitySettings();
        var problems = ImmutableArray.CreateBuilder<SettingProblem>();
        foreach (var setting in definitions)
        {
            if (given.Find(setting) is not { } value) continue;
            (settings, var problem) = setting.Apply(settings, value.Text);
            if (problem is not null)
                problems.Add(new(setting.Name, value.Where, setting.Echo(value.Text), setting.Allowed, problem, null));
        }

        return (settings, problems.ToImmutable());
    }

    private static ImmutableArray<RedactedSetting> Redact(
        CapacitySettings settings, GivenSettings given, ImmutableArray<SettingProblem> problems) =>
    [
        .. SettingCatalog.All.Select(setting => new RedactedSetting(
            setting.Name,
            problems.FirstOrDefault(problem => problem.Name == setting.Name)?.Value ?? setting.Show(settings),
            SourceOf(setting, given))),
    ];

    private static string SourceOf(SettingDefinition setting, GivenSettings given)
    {
        var names = setting.Follows.Select(SettingCatalog.Find).Prepend(setting);
        return names.Select(name => given.Find(name!)?.Source).FirstOrDefault(source => source is not null)
            ?? SettingFormats.Default;
    }

    private static int Position(string name) => SettingCatalog.All.IndexOf(SettingCatalog.Find(name)!);
}

/// <summary>A value as a user gave it.</summary>
/// <param name="Text">As given; may be a secret.</param>
/// <param name="Where">As in <see cref="SettingProblem.Where"/>.</param>
/// <param name="Source">As in <see cref="RedactedSetting.Source"/>.</param>
internal readonly record struct GivenValue(string Text, string Where, string Source);

/// <summary>The two sources as one: the environment beats the parameter.</summary>
internal sealed class GivenSettings(
    IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, string> environment)
{
    private const string Parameter = "parameter";

    /// <summary>The value that counts; null where the setting is not given.</summary>
    public GivenValue? Find(SettingDefinition setting)
    {
        if (environment.TryGetValue(setting.EnvironmentName, out var variable))
            return new GivenValue(variable, setting.EnvironmentName, "environment");
        return parameters.TryGetValue(setting.Name, out var value) ? new GivenValue(value, Parameter, Parameter) : null;
    }

    /// <summary>Every name that looks like a setting and is none, in the order of the alphabet.</summary>
    public ImmutableArray<SettingProblem> Unknown()
    {
        var comparer = ProcessEnvironment.Comparer;
        return
        [
            .. parameters.Where(given => SettingCatalog.Find(given.Key) is null)
                .OrderBy(given => given.Key, StringComparer.Ordinal)
                .Select(given => UnknownName(given.Key, Parameter, given.Value)),
            .. environment.Where(given => given.Key.StartsWith(
                    SettingDefinition.EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)
                    || NearestName.IsMisspelt(given.Key, SettingCatalog.LastStep))
                .Where(given => !SettingCatalog.All.Any(setting => comparer.Equals(setting.EnvironmentName, given.Key)))
                .OrderBy(given => given.Key, StringComparer.Ordinal)
                .Select(given => UnknownName(given.Key, given.Key, given.Value)),
        ];
    }

    private static SettingProblem UnknownName(string name, string where, string value)
    {
        var nearest = NearestName.Of(name);
        var shown = NearestName.IsSame(name, nearest) ? nearest.Echo(value) : SettingFormats.Hidden;
        var nearestName = where == Parameter ? nearest.Name : nearest.EnvironmentName;
        return new SettingProblem(SettingFormats.EchoPlain(name), where, shown, "a known name", "", nearestName);
    }
}
