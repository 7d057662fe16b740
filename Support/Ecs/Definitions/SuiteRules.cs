using System.Collections.Immutable;
using Support.Host;
using Support.Settings;

namespace Support.Ecs.Definitions;

/// <summary>What keeps the suite's evidence when it runs in the task itself, and how any task is stopped.</summary>
internal static class SuiteRules
{
    // ContainerDefinition, stopTimeout: the default of both launch types.
    private const int DefaultStop = 30;

    // 10 s to close what is open, 15 s for the test host to write its reports, the rest for the upload of the folder.
    private const int SuiteStop = 60;

    // .NET's diagnostics, the test runner and the entry point put files there before the first report.
    private const string Temporary = "/tmp";

    private static readonly ImmutableArray<string> Written = [DefinitionChecks.ReportsFolder, Temporary];

    private static readonly Answer NotTheSuite =
        Answer.NotApplicable("a task that runs the suite", "the suite does not run in this task");

    internal static Answer StopTimeout(TaskDefinition definition, DefinitionNeeds needs)
    {
        var (least, most) = definition.IsFargate ? (2, 120) : (1, int.MaxValue);
        var faults = new Faults((definition.IsFargate ? "2 to 120 s" : "1 s or more")
            + (needs.RunsTheSuite ? $", at least {SuiteStop} s to write and upload the reports" : ""));
        foreach (var container in definition.Containers.Where(container => container.StopTimeout < least
            || container.StopTimeout > most))
            faults.Critical(
                $"{container.Called()}: {Words.Count(container.StopTimeout!.Value)} s",
                $"In {container.Called()}: \"stopTimeout\": 120.");
        var carriers = definition.Carriers(needs);
        foreach (var container in carriers.Where(
            container => needs.RunsTheSuite && (container.StopTimeout ?? DefaultStop) < SuiteStop))
            faults.Warning($"{container.Called()}: {Seconds(container)}, then SIGKILL, and "
                + "reports that are not written by then are lost", $"In {container.Called()}: \"stopTimeout\": 120.");
        return faults.Or(
            string.Join("; ", carriers.Select(container => $"{container.Called()}: {Seconds(container)}")));
    }

    /// <summary>A shell that is process 1 passes no signal on, and <c>dotnet test</c> ends with 0 on SIGTERM.</summary>
    internal static Answer EntryPoint(TaskDefinition definition, DefinitionNeeds needs)
    {
        if (!needs.RunsTheSuite)
            return NotTheSuite;
        var faults = new Faults("the image's entry point, or deploy/entrypoint.sh");
        foreach (var container in definition.Carriers(needs)
            .Where(container => !container.EntryPoint.IsEmpty && !container.EntryPoint.Any(IsScript)))
            faults.Warning(
                $"{container.Called()} has an entry point of its own: a SIGTERM does "
                + "not reach the test host, and no report is written",
                $"In {container.Called()}: \"entryPoint\": [\"/bin/sh\", \"deploy/entrypoint.sh\"], or leave it out.");
        return faults.Or(string.Join("; ", definition.Carriers(needs).Select(container => $"{container.Called()}: "
            + (container.EntryPoint.IsEmpty ? "the image's" : "deploy/entrypoint.sh")
            + (container.InitProcess ? ", below an init process" : ""))));
    }

    internal static Answer RootFilesystem(TaskDefinition definition, DefinitionNeeds needs)
    {
        if (!needs.RunsTheSuite)
            return NotTheSuite;
        var faults = new Faults($"reports and temporary files can be written: {string.Join(" and ", Written)}");
        var carriers = definition.Carriers(needs);
        foreach (var container in definition.Containers)
        {
            foreach (var mount in container.Mounts.Where(mount => mount.Volume is { } volume
                && !definition.Volumes.Contains(volume)))
                faults.Critical(
                    $"{container.Called()} mounts {Words.Quote(mount.Volume!)}, which is none of the task's volumes",
                    $"\"volumes\": [{{ \"name\": \"{Words.Line(mount.Volume!)}\" }}].");
        }

        foreach (var container in carriers.Where(container => container.ReadonlyRoot))
            Writable(faults, container);
        var advice = carriers.All(container => container.ReadonlyRoot) ? "" : "Advice: \"readonlyRootFilesystem\": "
            + "true with volumes for the reports and for /tmp, as in deploy/task-definition-template.json.";
        var answer = faults.Or(string.Join("; ", carriers.Select(Said)));
        return answer.Outcome == CheckOutcome.Passed ? answer with { Next = advice } : answer;
    }

    internal static Answer Variables(TaskDefinition definition, DefinitionNeeds needs)
    {
        var faults = new Faults("settings that the suite knows, and secrets from a store of secrets");
        foreach (var container in definition.Containers)
        {
            foreach (var name in container.Environment.Select(variable => variable.Name).Intersect(container.Secrets))
                faults.Critical(
                    $"{container.Called()}: {Words.Quote(name)} is in environment and in secrets",
                    $"In {container.Called()}: remove it from \"environment\".");
        }

        var carriers = needs.RunsTheSuite ? definition.Carriers(needs) : [];
        foreach (var container in carriers)
        {
            foreach (var variable in container.Environment)
                Setting(faults, container, variable);
        }

        ImmutableArray<Variable> settings = [.. carriers.SelectMany(container => container.Environment)
            .Where(variable => SuiteNeeds.IsSetting(variable.Name))];
        return faults.Or(settings.IsEmpty
            ? "no setting of the suite"
            : string.Join(", ", settings.Select(variable => $"{variable.Name}={Words.Quote(variable.Value ?? "…")}")));
    }

    private static void Writable(Faults faults, ContainerDefinition container)
    {
        ImmutableArray<string> lacking =
        [
            .. Written.Where(folder => !container.Mounts.Any(mount => !mount.ReadOnly && IsBelow(folder, mount.Path))),
        ];
        if (!lacking.IsEmpty)
            faults.Warning($"{container.Called()} can't write to {string.Join(" and ", lacking)}: its root file "
                + "system is read-only, and nothing that can be written is mounted there", "\"volumes\": "
                + $"[{{ \"name\": \"reports\" }}, {{ \"name\": \"tmp\" }}], and in {container.Called()}: "
                + "\"mountPoints\": [{ \"sourceVolume\": \"reports\", \"containerPath\": "
                + $"\"{DefinitionChecks.ReportsFolder}\" }}, {{ \"sourceVolume\": \"tmp\", \"containerPath\": "
                + $"\"{Temporary}\" }}].");
    }

    private static bool IsBelow(
        string folder, string mount) => $"{folder}/".StartsWith($"{mount.TrimEnd('/')}/", StringComparison.Ordinal);

    private static void Setting(Faults faults, ContainerDefinition container, Variable variable)
    {
        var setting = SettingCatalog.FindVariable(variable.Name);
        if (setting is null && SuiteNeeds.IsSetting(variable.Name))
        {
            var nearest = NearestName.Of(variable.Name).EnvironmentName;
            faults.Warning(
                $"{container.Called()}: there is no setting {Words.Quote(variable.Name)}, and the suite refuses to "
                + $"run; nearest known name: {nearest}",
                $"In {container.Called()}: \"name\": \"{nearest}\", or remove it.");
        }
        else if (setting is { Secret: true })
        {
            faults.Warning(
                $"{container.Called()}: {variable.Name} is secret, and "
                + "everyone who may read the definition can read it",
                $"In {container.Called()}: \"secrets\": [{{ \"name\": "
                + $"\"{variable.Name}\", \"valueFrom\": \"ARN of a secret\" }}].");
        }
        else if (setting is not null
            && variable.Value is { } value && setting.Apply(new CapacitySettings(), value).Problem is { } problem)
        {
            faults.Warning(
                $"{container.Called()}: {variable.Name} is "
                + $"{Words.Quote(value)}{(problem.Length == 0 ? "" : $": {problem}")}, and the suite refuses to run",
                $"Allowed for {variable.Name}: {setting.Allowed}.");
        }
    }

    private static bool IsScript(string part) => part.EndsWith("entrypoint.sh", StringComparison.Ordinal);

    private static string Seconds(ContainerDefinition container) =>
        container.StopTimeout is { } seconds ? $"{Words.Count(seconds)} s" : $"{DefaultStop} s, the default";

    private static string Said(ContainerDefinition container) =>
        $"{container.Called()}: root file system {(container.ReadonlyRoot ? "read-only" : "can be written")}, user "
        + $"{Words.Quote(container.User ?? "of the image")}";
}
