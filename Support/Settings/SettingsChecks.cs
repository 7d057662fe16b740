using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>What a value alone cannot tell: whether two settings go together, and whether files and folders can be used.</summary>
internal static class SettingsChecks
{
    public const string ReportsDirectory = "Reports.Directory";
    private const string TargetUrl = "Target.Url";
    private const string Service = "Aws.Service";
    private const string LoadBalancer = "Aws.LoadBalancer";
    private const string TaskDefinition = "Aws.TaskDefinition";
    private const string Command = "Target.Command";
    private const string Sizes = "Gate.Sizes";
    private const string GatedDefinition = "Gate.TaskDefinition";
    private const string DefinitionBefore = "Gate.TaskDefinitionBefore";
    private const string Accept = "Gate.Accept";
    private const string CaFile = "Target.CaFile";
    private const string Hold = "Ladder.Hold";
    private const string StepTimeout = "Ladder.StepTimeout";

    /// <summary>The problems of settings that are good alone and not together.</summary>
    public static ImmutableArray<SettingProblem> Together(
        CapacitySettings settings, GivenSettings given, ImmutableArray<SettingProblem> problems) =>
        [.. HoldWithinStep(settings, given, problems), .. ServiceIsTheTarget(settings, given, problems), .. ServerOfTheSuite(settings, given, problems)];

    // What the suite starts must answer on this machine, and what it measures at a size it must have started.
    private static IEnumerable<SettingProblem> ServerOfTheSuite(CapacitySettings settings, GivenSettings given, ImmutableArray<SettingProblem> problems)
    {
        var (url, command) = (settings.Target.Url, settings.Target.Command);
        if (Has(problems, TargetUrl) || Has(problems, Command))
            yield break;
        if (command is not null && url is null)
            yield return Problem(Command, settings, given, $"{TargetUrl} is embedded: set it to the ws:// or wss:// URL that this server answers at");
        else if (command is not null && !url!.IsLoopback)
            yield return Problem(TargetUrl, settings, given, $"{Command} starts the server on this machine: the URL's host must be 127.0.0.1, [::1] or localhost");
        foreach (var (name, isSet) in new[] { (Sizes, !settings.Gate.Sizes.IsEmpty), (GatedDefinition, settings.Gate.TaskDefinition is not null) })
        {
            if (isSet && url is not null && command is null)
                yield return Problem(name, settings, given, $"the suite has to start the server at that size: set {Command}, or leave {TargetUrl} out");
        }

        if (settings.Gate is { TaskDefinitionBefore: not null, TaskDefinition: null })
            yield return Problem(DefinitionBefore, settings, given, $"there is nothing to compare it with: set {GatedDefinition}");
        if (settings.Gate is { Accept: true, MeasuresSizes: false })
            yield return Problem(Accept, settings, given, $"no size is measured: set {Sizes} or {GatedDefinition}");
    }

    // Else the numbers of the suite's own server would be published, gated and planned with as the service's.
    private static IEnumerable<SettingProblem> ServiceIsTheTarget(CapacitySettings settings, GivenSettings given, ImmutableArray<SettingProblem> problems)
    {
        if (settings.Target.Url is not null || Has(problems, TargetUrl))
            yield break;
        (string Name, string? Value)[] named = [(Service, settings.Aws.Service), (LoadBalancer, settings.Aws.LoadBalancer)];
        foreach (var (name, _) in named.Where(setting => setting.Value is not null))
            yield return Problem(name, settings, given, $"it names what is under test, and {TargetUrl} is embedded: set {TargetUrl} to its ws:// or wss:// URL");
    }

    private static ImmutableArray<SettingProblem> HoldWithinStep(
        CapacitySettings settings, GivenSettings given, ImmutableArray<SettingProblem> problems)
    {
        if (settings.Ladder.Hold < settings.Ladder.StepTimeout || Has(problems, Hold) || Has(problems, StepTimeout)) return [];

        // The one that the user wrote is the one to change.
        var isHoldGiven = given.Find(SettingCatalog.Find(Hold)!) is not null;
        var isTimeoutGiven = given.Find(SettingCatalog.Find(StepTimeout)!) is not null;
        var (hold, timeout) = (DurationFormat.Show(settings.Ladder.Hold), DurationFormat.Show(settings.Ladder.StepTimeout));
        return isTimeoutGiven && !isHoldGiven
            ? [Problem(StepTimeout, settings, given, $"it must be above {Hold}, which is {hold}")]
            : [Problem(Hold, settings, given, $"it must be below {StepTimeout}, which is {timeout}")];
    }

    /// <summary>The settings with absolute paths.</summary>
    public static CapacitySettings Resolve(CapacitySettings settings, string baseDirectory) => settings with
    {
        Target = settings.Target with
        {
            CaFile = settings.Target.CaFile is { } file ? Path.GetFullPath(file, baseDirectory) : null,
        },
        Aws = settings.Aws with
        {
            TaskDefinition = settings.Aws.TaskDefinition is { } definition ? Path.GetFullPath(definition, baseDirectory) : null,
        },
        Gate = settings.Gate with
        {
            TaskDefinition = settings.Gate.TaskDefinition is { } gated ? Path.GetFullPath(gated, baseDirectory) : null,
            LockFile = Path.GetFullPath(settings.Gate.LockFile, baseDirectory),
        },
        Reports = settings.Reports with { Directory = Path.GetFullPath(settings.Reports.Directory, baseDirectory) },
    };

    /// <summary>The problems of files and folders; those that have a problem already are not touched.</summary>
    public static ImmutableArray<SettingProblem> OnDisk(
        CapacitySettings settings, CapacitySettings resolved, CheckedInput input)
    {
        var problems = ImmutableArray.CreateBuilder<SettingProblem>();
        if (!Has(input.Problems, CaFile) && resolved.Target.CaFile is { } file && input.Disk.CertificateProblem(file) is { } certificates)
            problems.Add(Problem(CaFile, settings, input.Given, certificates));
        if (!Has(input.Problems, ReportsDirectory) && FolderProblem(resolved.Reports.Directory, input) is { } folder)
            problems.Add(Problem(ReportsDirectory, settings, input.Given, folder));
        if (!Has(input.Problems, TaskDefinition) && resolved.Aws.TaskDefinition is { } definition && input.Disk.FileProblem(definition) is { } unreadable)
            problems.Add(Problem(TaskDefinition, settings, input.Given, unreadable));
        if (!Has(input.Problems, GatedDefinition) && resolved.Gate.TaskDefinition is { } gated && input.Disk.FileProblem(gated) is { } unread)
            problems.Add(Problem(GatedDefinition, settings, input.Given, unread));
        return problems.ToImmutable();
    }

    // Reports replace what a former run left in their folder: that must never be the sources.
    private static string? FolderProblem(string folder, CheckedInput input)
    {
        var toBase = Path.GetRelativePath(folder, input.BaseDirectory);
        var isOutside = Path.IsPathRooted(toBase) || toBase.Split(Path.DirectorySeparatorChar)[0] == "..";
        return !isOutside ? "the repository lies in it" : input.Disk.FolderProblem(folder);
    }

    private static bool Has(ImmutableArray<SettingProblem> problems, string name) => problems.Any(problem => problem.Name == name);

    private static SettingProblem Problem(string name, CapacitySettings settings, GivenSettings given, string reason)
    {
        var setting = SettingCatalog.Find(name)!;
        var value = given.Find(setting);
        return new SettingProblem(
            name,
            value?.Where ?? SettingFormats.Default,
            value is { } some ? setting.Echo(some.Text) : setting.Show(settings),
            setting.Allowed,
            reason,
            null);
    }
}

/// <summary>What the checks on the disk go by.</summary>
/// <param name="Given">What the user gave.</param>
/// <param name="Problems">The problems so far.</param>
/// <param name="BaseDirectory">The repository's root, absolute.</param>
/// <param name="Disk">Whom to ask.</param>
internal sealed record CheckedInput(
    GivenSettings Given, ImmutableArray<SettingProblem> Problems, string BaseDirectory, ISettingsDisk Disk);
