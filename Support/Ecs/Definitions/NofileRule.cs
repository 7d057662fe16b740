using System.Collections.Immutable;
using Support.Host;

namespace Support.Ecs.Definitions;

/// <summary>How many files, and so connections, a process of the task may have open.</summary>
internal static class NofileRule
{
    private const string Name = "nofile";

    // ECS API reference, Ulimit.
    private static readonly ImmutableArray<string> Names =
    [
        "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", Name, "nproc", "rss", "rtprio",
        "rttime", "sigpending", "stack",
    ];

    internal static Answer Nofile(TaskDefinition definition, DefinitionNeeds needs)
    {
        if (definition.IsWindows)
            return new Answer(CheckOutcome.NotApplicable, "Linux containers", "Windows containers have no ulimits");
        var needed = Needed(needs);
        var faults = new Faults(Expected(needs, needed));
        foreach (var container in definition.Containers)
            Shape(faults, container, needed);
        var carriers = definition.Carriers(needs);
        foreach (var container in carriers)
            Amount(faults, definition, container, needs, needed);
        return faults.Or(string.Join("; ", carriers.Select(container => $"{container.Called()}: {Said(container)}")));
    }

    // The suite spreads its connections over processes; a server is taken for one process.
    private static long Needed(DefinitionNeeds needs) => needs.RunsTheSuite
        ? ClientBudget.DescriptorsNeeded(needs.Connections)
        : needs.Connections + (long)ClientBudget.WorkerDescriptors;

    private static string Expected(DefinitionNeeds needs, long needed) => needs.RunsTheSuite
        ? $"nofile set, at least {Words.Count(needed)} a process: {Words.Count(needs.Connections)} connections in up "
            + $"to {ClientBudget.MostWorkers} workers, {ClientBudget.WorkerDescriptors} in reserve in each"
        : $"nofile set, at least {Words.Count(needed)}: {Words.Count(needs.Connections)} connections and "
            + $"{ClientBudget.WorkerDescriptors} in reserve";

    private static void Shape(Faults faults, ContainerDefinition container, long needed)
    {
        foreach (var limit in container.Ulimits)
        {
            var what = $"{container.Called()}: ulimit {Words.Quote(limit.Name)}";
            if (!Names.Contains(limit.Name))
                faults.Critical($"{what} is unknown to ECS, which refuses it", $"In {container.Called()}: \"name\": \""
                    + $"{Support.Settings.NearestName.Of(limit.Name, Names)}\" in place of {Words.Quote(limit.Name)}.");
            if (limit.Soft is null || limit.Hard is null)
                faults.Critical($"{what} lacks softLimit or hardLimit, and ECS needs both", Mend(container, needed));
            // Of the others -1 is "no limit", as memlock often has it.
            if (limit.Name == Name && (limit.Soft is < 0 || limit.Hard is < 0))
                faults.Critical($"{what} is negative", Mend(container, needed));
            if (limit.Soft > limit.Hard && limit.Hard >= 0)
                faults.Critical(
                    $"{what} has soft {Words.Count(limit.Soft.Value)} above hard {Words.Count(limit.Hard.Value)}",
                    Mend(container, needed));
            if (limit.Name == Name && (limit.Hard > OpenFileLimits.Most || limit.Soft > OpenFileLimits.Most))
                faults.Critical($"{what} is above {Words.Count(OpenFileLimits.Most)}, the most that the kernel "
                    + "allows: the task does not start", Mend(container, needed));
        }

        if (container.Ulimits.Count(limit => limit.Name == Name) > 1)
            faults.Warning(
                $"{container.Called()}: nofile is given more than once", $"Keep one: {Mend(container, needed)}");
    }

    private static void Amount(
        Faults faults, TaskDefinition definition, ContainerDefinition container, DefinitionNeeds needs, long needed)
    {
        var set = container.Ulimits.LastOrDefault(limit => limit.Name == Name);
        if (set is null)
        {
            faults.Warning(
                $"{container.Called()} has no nofile: {Default(definition, needed)}", Mend(container, needed));
            return;
        }

        if (set.Hard < needed)
            faults.Warning($"{container.Called()} has {Said(container)}: connections above "
                + $"{Words.Count(Fits(set.Hard.Value, needs))} are not held", Mend(container, needed));
        else if (set.Soft < needed && !needs.RunsTheSuite)
            faults.Warning($"{container.Called()} has {Said(container)}: a server gets only the soft limit, unless it "
                + "raises it to the hard one at its start, as .NET, Go and Java do", Mend(container, needed));
    }

    private static string Default(TaskDefinition definition, long needed) => definition.IsFargate
        ? $"Fargate gives {Words.Count(OpenFileLimits.FargateDefault)} today"
            + $"{(needed > OpenFileLimits.FargateDefault ? ", which is not enough" : "")}, and has changed that twice"
        : "the Docker daemon of the instance decides (--default-ulimit), often 1,024 soft and 4,096 hard";

    private static long Fits(int hard, DefinitionNeeds needs) =>
        Math.Max(0, hard - ClientBudget.WorkerDescriptors) * (needs.RunsTheSuite ? (long)ClientBudget.MostWorkers : 1);

    private static string Said(ContainerDefinition container) =>
        container.Ulimits.LastOrDefault(limit => limit.Name == Name) is { Soft: { } soft, Hard: { } hard }
            ? $"nofile soft {Words.Count(soft)}, hard {Words.Count(hard)}"
            : "no nofile";

    private static string Mend(ContainerDefinition container, long needed)
    {
        var limit = OpenFileLimits.RoundUp(needed);
        var more = needed > OpenFileLimits.Most ? ", and more tasks" : "";
        return $"In {container.Called()}: {OpenFileLimits.Ulimits(limit)}{more}.";
    }
}
