using System.Globalization;
using Support.Ecs.Definitions;
using Support.Host;

namespace Support.Ecs;

/// <summary>CPU: declared in the task definition, in effect in the kernel and in .NET, and documented.</summary>
internal static class TaskCpuChecks
{
    // A quota is a whole number of microseconds a period: it comes out a little beside the declared units.
    private const double Tolerance = 0.02;

    /// <summary>The size that was told against the 77 that are documented.</summary>
    internal static Answer Size(TaskCase given)
    {
        const string expected = "one of the sizes that AWS documents for Fargate";
        var task = given.Task;
        if (!task.IsFargate)
            return Answer.NotApplicable(
                expected, $"{task.LaunchType ?? "the launch type is not known, and a task"} may have any size");

        var actual = $"CPU units {task.CpuUnits}, MiB {task.MemoryMebibytes}";
        var (cpu, memory) = (Whole(task.CpuUnits), Whole(task.MemoryMebibytes));
        return Answer.PassedIf(
            cpu is { } units && memory is { } mebibytes && FargateSizes.Contains(units, mebibytes), expected, actual,
            "Compare with aws ecs describe-tasks (cpu, memory): the endpoint may be wrong; the nearest size of "
            + $"Fargate: {Nearest(cpu, memory)}");
    }

    /// <summary>A container's own units are a weight and no quota.</summary>
    internal static Answer Quota(TaskCase given)
    {
        var declared = given.Task.CpuUnits;
        var quota = given.Machine.Cgroup.CpuMillicores;
        if (declared.Count is not { } units)
            return NotDeclared(given, declared);

        var wanted = TaskCase.Millicores(units);
        var expected = $"{Words.Cores(wanted)} cores ({Words.Count(units)} CPU units of the task)";
        if (quota.Count is not { } inEffect)
            return Answer.Passed(
                expected,
                $"this container sees no quota: {quota.InCores()}; the task's own is kept by a group above it");

        var actual = quota.InCores();
        return Math.Abs(inEffect - wanted) <= wanted * Tolerance
            ? Answer.Passed(expected, actual)
            : Answer.Warning(
                expected,
                $"{actual}: "
                + (inEffect < wanted
                    ? "the kernel stops this process before the task's CPU is used up"
                    : "the quota is not the task's"),
                "Plan with the quota, or make the task's CPU what is meant, in the task definition: "
                + $"{Meant(given.Task, UnitsOf(inEffect))}");
    }

    /// <summary>.NET makes a heap and a thread pool for as many processors as it sees.</summary>
    internal static Answer Processors(TaskCase given)
    {
        var seen = given.Machine.Runtime.Processors;
        if (given.Task.CpuUnits.Count is not { } units)
            return Answer.NotApplicable(
                "a CPU limit of the task",
                $"{Words.Count(seen)} processors for .NET; the task's CPU: {given.Task.CpuUnits}");

        var wanted = (units + EcsTaskParser.UnitsOfOneCpu - 1) / EcsTaskParser.UnitsOfOneCpu;
        var expected = $"{Words.Count(wanted)}: {Words.Cores(TaskCase.Millicores(units))} cores, rounded up";
        var variable = given.Container(
            $"\"environment\": [{{ \"name\": \"DOTNET_PROCESSOR_COUNT\", \"value\": \"{Plain(wanted)}\" }}]");
        return seen == wanted
            ? Answer.Passed(expected, Words.Count(seen))
            : Answer.Warning(
                expected,
                seen > wanted
                    ? $"{Words.Count(seen)}: threads and heaps for processors that the task may not use take memory "
                        + "that connections could have"
                    : $"{Words.Count(seen)}: part of the CPU that is paid for stays unused",
                variable);
    }

    private static Answer NotDeclared(TaskCase given, Limit declared)
    {
        const string expected = "a CPU limit of the task, so that its capacity does not depend on its neighbours";
        var share = given.Task.This?.CpuUnits is Limit.Number { Value: var units }
            ? $"; the container's {Words.Count(units)} units are a weight, no limit"
            : "";
        return Answer.Warning(expected, $"{declared}{share}",
            TaskCase.Definition(Cpu(EcsTaskParser.UnitsOfOneCpu)));
    }

    private static string Meant(EcsTask task, long units) =>
        task.IsFargate
            ? Nearest((int)Math.Min(units, int.MaxValue), Whole(task.MemoryMebibytes))
            : TaskCase.Fragment(Cpu(units));

    private static string Nearest(int? cpu, int? memory)
    {
        var size = FargateSizes.Nearest(cpu, memory);
        return TaskCase.Fragment($"{Cpu(size.Cpu)}, \"memory\": \"{Plain(size.Memory)}\"");
    }

    private static int? Whole(Limit limit) => limit.Count is { } count and <= int.MaxValue ? (int)count : null;

    private static long UnitsOf(long millicores) => (long)Math.Round(millicores * EcsTaskParser.UnitsOfOneCpu / 1000.0);

    private static string Cpu(long units) => $"\"cpu\": \"{Plain(units)}\"";

    private static string Plain(long value) => value.ToString(CultureInfo.InvariantCulture);
}
