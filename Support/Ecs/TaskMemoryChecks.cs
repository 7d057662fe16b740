using Support.Host;

namespace Support.Ecs;

/// <summary>
/// Memory: declared, in effect in the kernel and in .NET, and what is gone before the first connection.
/// </summary>
internal static class TaskMemoryChecks
{
    // More than half of the task is gone before it holds anything: whatever is measured is mostly the price of the
    // container.
    private const double LargeShare = 0.5;

    /// <summary>dotnet/runtime 82815: Fargate sets the group above those that this container sees.</summary>
    internal static Answer InEffect(TaskCase given)
    {
        var limit = given.Machine.Cgroup.MemoryLimitBytes;
        if (given.DeclaredBytes is not { } declared)
            return NotDeclared(given, limit);

        var expected = $"{Words.Bytes(declared)}, as declared: task {TaskCase.Mebibytes(given.Task.MemoryMebibytes)}, "
            + $"container {(given.Task.This is { } own ? TaskCase.Mebibytes(own.MemoryMebibytes) : "not known")}";
        if (limit.Count is not { } inEffect)
            return Answer.Warning(
                expected,
                $"this container sees no limit: {limit.InBytes()}; the task's own is "
                + "kept by a group above it, and is met by being killed",
                given.OwnMemory());

        return inEffect == declared
            ? Answer.Passed(expected, limit.InBytes())
            : Answer.Warning(
                expected,
                $"{limit.InBytes()}: "
                + (inEffect > declared
                    ? "what is checked against it looks larger than it is"
                    : "the kernel ends this container before the declared memory is used up"),
                given.OwnMemory());
    }

    /// <summary>dotnet/runtime 82815, 83563; containers-roadmap 1927.</summary>
    internal static Answer Collector(TaskCase given)
    {
        var seen = given.Machine.Runtime.GcAvailableBytes;
        if (given.DeclaredBytes is not { } declared)
            return Answer.NotApplicable(
                "a memory limit of the task or the container",
                $"it sees {Words.Bytes(seen)}; declared: {given.Task.DeclaredMebibytes}");

        var expected = $"at most {Words.Bytes(declared)}";
        if (seen <= 0)
            return Answer.Warning(expected, "the runtime does not tell what it sees",
                $"{given.OwnMemory()}; it is then the runtime's limit as well.");

        // The runtime's own default where it sees a limit: 75 % of it. The variable is read as hexadecimal.
        var heap = Say($"0x{declared / 4 * 3:X}");
        return seen <= declared
            ? Answer.Passed(expected, Words.Bytes(seen))
            : Answer.Warning(
                expected,
                $"{Words.Bytes(seen)}: the heap grows past the task's memory, and the "
                + "kernel ends the task instead of the collector collecting",
                $"{given.OwnMemory()}; or, without a limit of the container: "
                + given.ContainerFragment(Variable("DOTNET_GCHeapHardLimit", heap))
                + ", which holds for each .NET process, and the suite has four.");
    }

    internal static Answer InUse(TaskCase given)
    {
        const string expected = "less than half of the task's memory, in all of its containers";
        var parts = string.Join(", ", given.Task.Containers.Select(container =>
            $"{container.Name} {(container.MemoryInUseBytes is { } bytes ? Words.Bytes(bytes) : "not told")}"));
        if (given.Task.MemoryInUseBytes is not { } used)
            return Answer.Warning(expected, parts, "Start the run a little later: the endpoint has "
                + "statistics about two seconds after a container has started.");

        var whole = given.Task.MemoryMebibytes.Count is { } mebibytes
            ? mebibytes * TaskCase.Mebibyte
            : given.DeclaredBytes;
        var actual = $"{Words.Bytes(used)}{(whole is { } all ? $" of {Words.Bytes(all)}" : "")}: {parts}";
        return Answer.PassedIf(
            !(used > whole * LargeShare), expected, actual,
            "Give the task more memory, or take containers out of it: half of what "
            + "is paid for is gone before the first connection.");
    }

    internal static Answer Others(TaskCase given)
    {
        const string expected = "this container alone in its task";
        if (given.Task.This is null)
            return Answer.Warning(expected, "not known which container this is",
                "See Ecs.Metadata: the endpoint did not tell.");

        var others = given.Task.Others.ToArray();
        return others.Length == 0
            ? Answer.Passed(expected, $"{given.Task.This.Name} is alone in it")
            : Answer.Warning(
                expected,
                $"{string.Join(", ", others.Select(Describe))}; they share the task's CPU and memory"
                + (given.Task.NetworkMode == "awsvpc" ? ", ports and connection tracking" : ""),
                $"Take their share off what is planned, and limit it in the task definition: {given.OthersLimited()}");
    }

    private static Answer NotDeclared(TaskCase given, Limit limit) => Answer.Warning(
        "a memory limit of the task or the container, so that its capacity does not depend on its neighbours",
        $"declared: {given.Task.DeclaredMebibytes}; in effect: {limit.InBytes()}", given.OwnMemory());

    private static string Variable(string name, string value) =>
        $"\"environment\": [{{ \"name\": \"{name}\", \"value\": \"{value}\" }}]";

    private static string Describe(EcsContainer container) =>
        $"{container.Name} ({(container.MemoryInUseBytes is { } bytes ? Words.Bytes(bytes) : "memory not told")} in "
        + $"use, at most {TaskCase.Mebibytes(container.MemoryMebibytes)})";
}
