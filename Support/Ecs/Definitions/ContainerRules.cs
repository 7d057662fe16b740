using System.Text.RegularExpressions;
using Support.Host;

namespace Support.Ecs.Definitions;

/// <summary>What each container has to have.</summary>
internal static partial class ContainerRules
{
    internal static Answer Containers(TaskDefinition definition, DefinitionNeeds needs)
    {
        var faults = new Faults("a family, names, images, and an essential container");
        if (!Names().IsMatch(definition.Family))
            faults.Critical(
                $"family {Words.Quote(definition.Family)}; allowed: 1 to 255 letters, digits, underscores and hyphens",
                "\"family\": \"websocket-capacity\".");
        foreach (var (index, container) in definition.Containers.Index())
            Form(faults, definition, container, index);

        foreach (var twice in definition.Containers.GroupBy(container => container.Name)
            .Where(group => group.Key.Length > 0 && group.Skip(1).Any()))
            faults.Critical(
                $"the name {Words.Quote(twice.Key)} is given to {Words.Count(twice.Count())} containers",
                "Give each container a \"name\" of its own.");
        if (!definition.Containers.Any(container => container.Essential))
            faults.Critical(
                "no container is essential", $"In {definition.Containers[0].Called()}: \"essential\": true.");
        if (needs.Container is { } wanted && definition.Containers.All(container => container.Name != wanted))
            faults.Warning(
                $"there is no container {Words.Quote(wanted)}, which is to hold the connections",
                "Check that this is the definition of the task that is measured.");
        return faults.Or(
            $"{definition.Family}: "
            + string.Join(", ", definition.Containers.Select(
                container => $"{container.Name} ({container.Image}{(container.Essential ? ", essential" : "")})")));
    }

    private static void Form(Faults faults, TaskDefinition definition, ContainerDefinition container, int index)
    {
        if (!Names().IsMatch(container.Name))
            faults.Critical(
                $"{container.Called()} (containerDefinitions[{Words.Count(index)}]); allowed: a name of 1 to 255 "
                + "letters, digits, underscores and hyphens",
                $"In containerDefinitions[{Words.Count(index)}]: \"name\": \"capacity\".");
        if (string.IsNullOrWhiteSpace(container.Image) || container.Image.Any(char.IsWhiteSpace))
            faults.Critical(
                $"{container.Called()} has "
                + (string.IsNullOrWhiteSpace(container.Image) ? "no image" : "an image with a space in it"),
                $"In {container.Called()}: \"image\": \"REPOSITORY:TAG\".");
        if (container.Privileged && definition.IsFargate)
            faults.Critical(
                $"{container.Called()} is privileged, which Fargate refuses",
                $"In {container.Called()}: remove \"privileged\".");
    }

    internal static Answer Placeholders(TaskDefinition definition, DefinitionNeeds needs)
    {
        var faults = new Faults("no stand-in for a value");
        foreach (var left in definition.Placeholders)
        {
            var what = $"{left.Path} holds {(left.Text is { } text ? Words.Quote(text) : "a stand-in")}";
            var fix = "Replace "
                + $"{(left.Text is { } stand ? Words.Quote(stand) : $"what stands in {left.Path}")} by your own value";
            if (left.Refused)
                faults.Critical(what, $"{fix}.");
            else
                faults.Warning(what, $"{fix}, or leave it where it is meant to be so.");
        }

        return faults.Or("none left");
    }

    internal static Answer StartOrder(TaskDefinition definition, DefinitionNeeds needs)
    {
        var faults = new Faults("conditions that can come true");
        foreach (var container in definition.Containers)
        {
            foreach (var dependency in container.DependsOn)
                Depends(faults, definition, container, dependency);
        }

        if (definition.Containers.FirstOrDefault(container => Reaches(definition, container)) is { } round)
            faults.Critical(
                $"{round.Called()} waits for itself by way of others",
                $"Remove one of the \"dependsOn\" of {round.Called()} and those it waits for.");
        var count = definition.Containers.Sum(container => container.DependsOn.Length);
        return faults.Or(count == 0
            ? "no container waits for another"
            : count == 1 ? "1 condition" : $"{Words.Count(count)} conditions");
    }

    // ECS API reference, HealthCheck.
    internal static Answer HealthChecks(TaskDefinition definition, DefinitionNeeds needs)
    {
        var faults = new Faults("a command, and times that ECS takes");
        foreach (var container in definition.Containers.Where(container => container.HealthCheck is not null))
        {
            var check = container.HealthCheck!;
            if (check.Command is not ["CMD" or "CMD-SHELL", _, ..])
                faults.Critical(
                    $"{container.Called()}: the command starts with neither CMD "
                    + "nor CMD-SHELL, or says nothing after it",
                    $"In {container.Called()}, \"healthCheck\": \"command\": [\"CMD-SHELL\", \"COMMAND || exit 1\"].");
            Within(faults, container, "interval", check.Interval, 5, 300);
            Within(faults, container, "timeout", check.Timeout, 2, 60);
            Within(faults, container, "retries", check.Retries, 1, 10);
            Within(faults, container, "startPeriod", check.StartPeriod, 0, 300);
        }

        var count = definition.Containers.Count(container => container.HealthCheck is not null);
        return faults.Or(count == 0
            ? "none: ECS asks no container"
            : count == 1 ? "1 container is asked" : $"{Words.Count(count)} containers are asked");
    }

    private static void Within(
        Faults faults, ContainerDefinition container, string name, int? value, int least, int most)
    {
        if (value < least || value > most)
            faults.Critical(
                $"{container.Called()}: {name} {Words.Count(value.Value)}; "
                + $"allowed: {Words.Count(least)} to {Words.Count(most)}",
                $"In {container.Called()}, \"healthCheck\": \"{name}\": "
                + $"{Words.Count(Math.Clamp(value.Value, least, most))}.");
    }

    private static void Depends(
        Faults faults, TaskDefinition definition, ContainerDefinition container, ContainerDependency dependency)
    {
        var what = $"{container.Called()} waits for {Words.Quote(dependency.Container)}";
        var into = $"In {container.Called()}, \"dependsOn\": ";
        var other = definition.Containers.FirstOrDefault(other => other.Name == dependency.Container);
        if (other is null)
            faults.Critical($"{what}, which there is not", $"{into}name one of "
                + string.Join(", ", definition.Containers.Where(some => some != container).Select(some => some.Name))
                + ", or remove it.");
        else if (dependency.Condition is not ("START" or "COMPLETE" or "SUCCESS" or "HEALTHY"))
            faults.Critical(
                $"{what} to be {Words.Quote(dependency.Condition)}; allowed: START, COMPLETE, SUCCESS or HEALTHY",
                $"{into}\"condition\": \"START\".");
        else if (dependency.Condition is "COMPLETE" or "SUCCESS" && other.Essential)
            faults.Critical(
                $"{what} to end, which is essential and ends the task with it",
                $"In {other.Called()}: \"essential\": false.");
        else if (dependency.Condition is "HEALTHY" && other.HealthCheck is null)
            faults.Critical(
                $"{what} to be healthy, which has no health check",
                $"In {other.Called()}: \"healthCheck\": {{ \"command\": [\"CMD-SHELL\", \"COMMAND || exit 1\"] }}.");
    }

    private static bool Reaches(TaskDefinition definition, ContainerDefinition start)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>(start.DependsOn.Select(dependency => dependency.Container));
        while (open.TryPop(out var name))
        {
            if (name == start.Name)
                return true;
            if (!seen.Add(name))
                continue;
            foreach (var next in definition.Containers.Where(container => container.Name == name)
                .SelectMany(container => container.DependsOn))
                open.Push(next.Container);
        }

        return false;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,255}\z")]
    private static partial Regex Names();
}
