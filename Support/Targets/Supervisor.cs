using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Support.Host;

namespace Support.Targets;

/// <summary>The process that holds a server and its group, and what it said so far.</summary>
internal sealed class Supervisor
{
    /// <summary>
    /// supervisor.sh has 2 s for asking, 10 s for killing, 5 s for each folder; twice that for a busy machine.
    /// </summary>
    private static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(45);

    /// <summary>A process that the server left behind may hold the pipe of standard error.</summary>
    private static readonly TimeSpan PipeDeadline = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<SupervisorLine> started = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;
    private readonly StderrTail errors;
    private readonly Task output;
    private readonly Lazy<Task<ServerEnd>> ending;

    // Written by the reading task only, and read after it has ended.
    private int? exitCode;
    private bool asked;
    private long kills;
    private string? left;

    private Supervisor(Process process)
    {
        this.process = process;
        errors = new StderrTail(process.StandardError);
        output = ReadAsync(process.StandardOutput);
        ending = new(EndOnceAsync);
    }

    /// <summary>That the server runs, or why it does not.</summary>
    public Task<SupervisorLine> Started => started.Task;

    /// <summary>Completes when the server has ended, whatever ended it.</summary>
    public Task Ended => ended.Task;

    /// <summary>Why the group does not hold the server after all; set before <see cref="Ended"/> completes.</summary>
    public CgroupFault? Failure { get; private set; }

    public static Supervisor Start(SupervisorRequest request)
    {
        var start = request.ToStartInfo();
        var process = Process.Start(start)
            ?? throw new InvalidOperationException($"{start.FileName} could not be started.");
        return new(process);
    }

    /// <summary>Ends the server, everything that it started, and the group; the same answer for every call.</summary>
    public Task<ServerEnd> EndAsync() => ending.Value;

    private async Task<ServerEnd> EndOnceAsync()
    {
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(EndDeadline, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Leave("The supervisor of the server did not end and was killed: the server and its control group may be "
                + "left.");
            process.Kill(entireProcessTree: true);
        }

        var deadlineOfPipes = Task.Delay(PipeDeadline, TimeProvider.System, CancellationToken.None);
        await Task.WhenAny(Task.WhenAll(output, errors.Ended), deadlineOfPipes).ConfigureAwait(false);
        process.Dispose();
        return new(exitCode, kills, errors.Text.Trim()) { Left = left };
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
            Take(SupervisorLine.Parse(line));

        started.TrySetResult(new SupervisorLine.Failed(new("the shell that was to start it ended without a word")));
        ended.TrySetResult();
    }

    private void Take(SupervisorLine? line)
    {
        switch (line)
        {
            case SupervisorLine.Running:
                started.TrySetResult(line);
                break;
            case SupervisorLine.Failed of:
                Fail(of);
                break;
            case SupervisorLine.Ended when asked:
                break;
            case SupervisorLine.Ended by:
                exitCode = by.ExitCode;
                ended.TrySetResult();
                break;
            case SupervisorLine.Asked:
                asked = true;
                break;
            case SupervisorLine.Kills of:
                kills = Math.Max(kills, of.Count);
                break;
            case SupervisorLine.Left group:
                Leave($"The control group {group.Folder} could not be removed: rmdir it once it is empty.");
                break;
        }
    }

    private void Fail(SupervisorLine.Failed failed)
    {
        if (started.TrySetResult(failed))
            return;
        Failure = failed.Fault;
        ended.TrySetResult();
    }

    private void Leave(string sentence) => left = left is null ? sentence : $"{left} {sentence}";
}

/// <summary>A line that supervisor.sh printed.</summary>
internal abstract record SupervisorLine
{
    /// <summary>The line as a value; null for any other text.</summary>
    public static SupervisorLine? Parse(string line)
    {
        var (word, rest) = Head(line);
        return (word, rest.Split(' ')) switch
        {
            ("failed", _) when Head(rest) is var (causes, why) => new Failed(new(why, Causes(causes))),
            ("running", [var process, var soft, var hard]) when Number(process) is { } id =>
                new Running((int)id, Descriptors(soft), Descriptors(hard)),
            ("ended", [var code]) when Number(code) is { } number => new Ended((int)number),
            ("asked", _) => new Asked(),
            ("kills", [var count]) when Number(count) is { } kills => new Kills(kills),
            ("left", _) => new Left(rest),
            _ => null,
        };
    }

    private static (string Word, string Remainder) Head(string text) =>
        text.Split(' ', 2) is [var first, var rest] ? (first, rest) : (text, "");

    private static CgroupCauses Causes(string list) =>
        list.Split(',').Aggregate(CgroupCauses.Unknown, (all, one) => all | one switch
    {
        "swap" => CgroupCauses.Swap,
        "busy" => CgroupCauses.Busy,
        "undelegated" => CgroupCauses.NotDelegated,
        "capabilities" => CgroupCauses.Capabilities,
        _ => CgroupCauses.Unknown,
    });

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Without a limit the shell says "unlimited".
    private static int Descriptors(string text) =>
        Number(text) is { } number and < int.MaxValue ? (int)number : int.MaxValue;

    public sealed record Failed(CgroupFault Fault) : SupervisorLine;

    /// <summary>The server runs now; its limits of open files are what the shell read back.</summary>
    public sealed record Running(int ProcessId, int DescriptorsSoft, int DescriptorsHard) : SupervisorLine;

    /// <summary>The server exited by itself; 128 + n for signal n.</summary>
    public sealed record Ended(int ExitCode) : SupervisorLine;

    /// <summary>What still runs is being ended from here on.</summary>
    public sealed record Asked : SupervisorLine;

    /// <summary>Processes of the group that the kernel killed for memory, up to now.</summary>
    public sealed record Kills(long Count) : SupervisorLine;

    /// <summary>A group that could not be removed.</summary>
    public sealed record Left(string Folder) : SupervisorLine;
}

/// <summary>What a supervisor is to hold.</summary>
/// <param name="Line">The server's shell command.</param>
/// <param name="Directory">The folder that it is run in.</param>
/// <param name="Limits">What it may use; null for no group and the suite's own limits.</param>
/// <param name="Parents">Where its group can be made.</param>
internal sealed record SupervisorRequest(string Line, string Directory, GroupLimits? Limits, CgroupParents Parents)
{
    /// <summary>The period of a quota, as Fargate and docker have it.</summary>
    private const long PeriodMicroseconds = 100_000;

    private const int UnitsOfAProcessor = 1024;

    // systemd takes a share of a processor in hundredths of a percent: 10 µs of a period.
    private const long SystemdStepMicroseconds = 10;

    // Starts the supervisor, $0, in a session of its own where there is setsid: Ctrl+C on the terminal does not reach
    // it.
    private const string Launch = "exec $(command -v setsid) /bin/sh -c \"$0\" capacity-supervisor \"$@\"";

    private static readonly string Supervisor = EmbeddedText.Read("supervisor.sh");
    private static readonly string Supervised = EmbeddedText.Read("supervised.sh");

    private static int started;

    /// <summary>The folders that programs are looked for in; null for the suite's own.</summary>
    public string? SearchPath { get; init; }

    /// <summary>The limits that the kernel is given: whole pages of memory.</summary>
    public GroupLimits? Whole => Limits is null
        ? null
        : Limits with { MemoryBytes = Limits.MemoryBytes / Environment.SystemPageSize * Environment.SystemPageSize };

    /// <summary>Processor time in each period of 100 ms, in microseconds.</summary>
    public static long Quota(int cpuUnits, CgroupDriver driver)
    {
        var quota = cpuUnits * PeriodMicroseconds / UnitsOfAProcessor;
        return driver == CgroupDriver.SystemdRun ? quota / SystemdStepMicroseconds * SystemdStepMicroseconds : quota;
    }

    /// <summary>The supervisor's process: over three pipes, without the suite's settings.</summary>
    public ProcessStartInfo ToStartInfo()
    {
        var start = HelperProcess.Piped("/bin/sh", ["-c", Launch, Supervisor, .. Arguments()]);
        if (SearchPath is not null)
            start.Environment["PATH"] = SearchPath;
        return start;
    }

    private ImmutableArray<string> Arguments() =>
    [
        Parents.Driver switch
        {
            CgroupDriver.V1 => "v1",
            CgroupDriver.V2 => "v2",
            CgroupDriver.SystemdRun => "systemd",
            _ => "none",
        },
        Text(Environment.ProcessId), Text(Interlocked.Increment(ref started)), Line, Directory,
        Text(Whole?.MemoryBytes), Text(Limits is null ? null : Quota(Limits.CpuUnits, Parents.Driver)),
        Text(Limits?.DescriptorsSoft), Text(Limits?.DescriptorsHard),
        string.Join('\n', Parents.Memory), string.Join('\n', Parents.Cpu), Parents.Controller, Supervised,
    ];

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
