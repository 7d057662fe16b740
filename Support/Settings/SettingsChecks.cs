using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>What a value alone cannot tell: whether two settings go together, whether files can be used.</summary>
internal sealed class SettingsChecks
{
    private readonly CapacitySettings settings;
    private readonly GivenSettings given;
    private readonly ImmutableArray<SettingProblem>.Builder problems;

    private SettingsChecks(CapacitySettings settings, GivenSettings given, ImmutableArray<SettingProblem> problems)
    {
        (this.settings, this.given) = (settings, given);
        this.problems = problems.ToBuilder();
    }

    /// <summary>The settings with absolute paths.</summary>
    public static CapacitySettings Resolve(CapacitySettings settings, string baseDirectory)
    {
        return settings with
        {
            Target = settings.Target with { CaFile = Absolute(settings.Target.CaFile) },
            Aws = settings.Aws with { TaskDefinition = Absolute(settings.Aws.TaskDefinition) },
            Gate = settings.Gate with
            {
                TaskDefinition = Absolute(settings.Gate.TaskDefinition),
                LockFile = Absolute(settings.Gate.LockFile)!,
            },
            Reports = new() { Directory = Absolute(settings.Reports.Directory)! },
        };

        string? Absolute(string? path) => path is null ? null : Path.GetFullPath(path, baseDirectory);
    }

    /// <summary>The problems so far, and those of settings that are good alone; at most one for each setting.</summary>
    public static ImmutableArray<SettingProblem> AddProblems(
        CapacitySettings settings, CapacitySettings resolved, GivenSettings given,
        ImmutableArray<SettingProblem> problems, string baseDirectory, ISettingsDisk disk)
    {
        var checks = new SettingsChecks(settings, given, problems);
        checks.HoldWithinStep();
        checks.TargetOfAws();
        checks.ServerOfTheSuite();
        checks.OnDisk(resolved, baseDirectory, disk);
        return checks.problems.ToImmutable();
    }

    private void HoldWithinStep()
    {
        const string Hold = "Ladder.Hold";
        const string Timeout = "Ladder.StepTimeout";
        var (hold, timeout) = (settings.Ladder.Hold, settings.Ladder.StepTimeout);
        if (hold < timeout || HasProblem(Hold) || HasProblem(Timeout)) return;

        // The one that the user wrote is the one to change.
        if (IsGiven(Timeout) && !IsGiven(Hold))
            Add(Timeout, $"it must be above {Hold}, which is {NumberFormats.Show(hold)}");
        else
            Add(Hold, $"it must be below {Timeout}, which is {NumberFormats.Show(timeout)}");
    }

    // Else the numbers of the suite's own server would be published, gated and planned with as the service's.
    private void TargetOfAws()
    {
        if (settings.Target.Url is not null || HasProblem("Target.Url")) return;
        const string Why =
            "it names what is under test, and Target.Url is embedded: set Target.Url to its ws:// or wss:// URL";
        AddIf(settings.Aws.Service is not null, "Aws.Service", Why);
        AddIf(settings.Aws.LoadBalancer is not null, "Aws.LoadBalancer", Why);
    }

    // What the suite starts must answer on this machine, and what it measures at a size it must have started.
    private void ServerOfTheSuite()
    {
        if (HasProblem("Target.Url") || HasProblem("Target.Command")) return;
        var (url, command, gate) = (settings.Target.Url, settings.Target.Command, settings.Gate);
        AddIf(command is not null && url is null, "Target.Command",
            "Target.Url is embedded: set it to the ws:// or wss:// URL that this server answers at");
        AddIf(command is not null && url is { IsLoopback: false }, "Target.Url",
            "Target.Command starts the server on this machine: the URL's host must be 127.0.0.1, [::1] or localhost");
        const string Start =
            "the suite has to start the server at that size: set Target.Command, or leave Target.Url out";
        var isStartedElsewhere = url is not null && command is null;
        AddIf(isStartedElsewhere && !gate.Sizes.IsEmpty, "Gate.Sizes", Start);
        AddIf(isStartedElsewhere && gate.TaskDefinition is not null, "Gate.TaskDefinition", Start);
        AddIf(gate is { TaskDefinitionBefore: not null, TaskDefinition: null }, "Gate.TaskDefinitionBefore",
            "there is nothing to compare it with: set Gate.TaskDefinition");
        AddIf(gate is { Accept: true, MeasuresSizes: false }, "Gate.Accept",
            "no size is measured: set Gate.Sizes or Gate.TaskDefinition");
    }

    private void OnDisk(CapacitySettings resolved, string baseDirectory, ISettingsDisk disk)
    {
        Ask("Target.CaFile", resolved.Target.CaFile, disk.CertificateProblem);
        Ask("Reports.Directory", resolved.Reports.Directory, folder => Holds(folder, baseDirectory)
            ? "the repository lies in it"
            : disk.FolderProblem(folder));
        Ask("Aws.TaskDefinition", resolved.Aws.TaskDefinition, disk.FileProblem);
        Ask("Gate.TaskDefinition", resolved.Gate.TaskDefinition, disk.FileProblem);
    }

    // Reports replace what a former run left in their folder: that must never be the sources.
    private static bool Holds(string folder, string baseDirectory)
    {
        var toBase = Path.GetRelativePath(folder, baseDirectory);
        return !Path.IsPathRooted(toBase) && toBase.Split(Path.DirectorySeparatorChar)[0] != "..";
    }

    private void Ask(string name, string? path, Func<string, string?> problemOf)
    {
        if (path is not null && !HasProblem(name) && problemOf(path) is { } reason) Add(name, reason);
    }

    private bool IsGiven(string name) => given.Find(SettingCatalog.Find(name)!) is not null;

    private bool HasProblem(string name) => problems.Any(problem => problem.Name == name);

    private void AddIf(bool isWrong, string name, string reason)
    {
        if (isWrong) Add(name, reason);
    }

    private void Add(string name, string reason)
    {
        var setting = SettingCatalog.Find(name)!;
        var value = given.Find(setting);
        var shown = value is { } some ? setting.Echo(some.Text) : setting.Show(settings);
        problems.Add(new(name, value?.Where ?? SettingFormats.Default, shown, setting.Allowed, reason, null));
    }
}
