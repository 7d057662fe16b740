using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>Reads every setting at once, before anything is opened, so that a user learns of all problems in one go.</summary>
public static class SettingsReader
{
    /// <summary>Reads the settings; the environment beats the parameters.</summary>
    /// <remarks>
    /// Touches the disk only to ask whether <c>Target.CaFile</c> holds certificates and whether <c>Reports.Directory</c> can be written
    /// to; makes that folder. Empty values are refused everywhere: a variable that a pipeline left empty by mistake would else
    /// measure another server or drop a gate without a word.
    /// </remarks>
    /// <param name="parameters">The test run parameters by their public names, matched exactly.</param>
    /// <param name="environment">As <see cref="ProcessEnvironment.Read"/> returns it; what does not look like a setting is ignored.</param>
    /// <param name="baseDirectory">The repository's root, absolute: what relative paths are relative to.</param>
    /// <exception cref="ArgumentException">The base directory is not absolute.</exception>
    public static SettingsResult Read(
        IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, string> environment, string baseDirectory)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(environment);
        return Read(new GivenSettings(parameters, environment), baseDirectory, new SettingsDisk());
    }

    internal static SettingsResult Read(GivenSettings given, string baseDirectory, ISettingsDisk disk)
    {
        if (!Path.IsPathFullyQualified(baseDirectory))
            throw new ArgumentException($"The base directory was '{baseDirectory}'; allowed: an absolute path.", nameof(baseDirectory));
        var (settings, problems) = Parse(given);
        problems = problems.AddRange(SettingsChecks.Together(settings, given, problems));
        var resolved = SettingsChecks.Resolve(settings, baseDirectory);
        problems = problems.AddRange(SettingsChecks.OnDisk(settings, resolved, new CheckedInput(given, problems, baseDirectory, disk)));
        var redacted = Redact(settings, given, problems);
        problems = [.. problems.OrderBy(problem => Position(problem.Name)), .. given.Unknown()];
        if (problems.IsEmpty) return SettingsResult.Usable(resolved with { Redacted = redacted });
        var isReportsGood = problems.All(problem => problem.Name != SettingsChecks.ReportsDirectory);
        return SettingsResult.Unusable(problems, redacted, isReportsGood ? resolved.Reports.Directory : null);
    }

    private static (CapacitySettings Settings, ImmutableArray<SettingProblem> Problems) Parse(GivenSettings given)
    {
        var settings = new CapacitySettings();
        var problems = ImmutableArray.CreateBuilder<SettingProblem>();
        foreach (var setting in SettingCatalog.All)
        {
            if (given.Find(setting) is not { } value) continue;
            (settings, var problem) = setting.Apply(settings, value.Text);
            if (problem is not null)
                problems.Add(new SettingProblem(setting.Name, value.Where, setting.Echo(value.Text), setting.Allowed, problem, null));
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
        return names.Select(name => given.Find(name!)?.Source).FirstOrDefault(source => source is not null) ?? SettingFormats.Default;
    }

    private static int Position(string name) => SettingCatalog.All.IndexOf(SettingCatalog.Find(name)!);
}
