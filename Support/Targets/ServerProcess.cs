using Support.Host;
using Support.Settings;

namespace Support.Targets;

/// <summary>A server that was started by a command, while it runs.</summary>
internal interface IServerProcess : IAsyncDisposable
{
    TimeSpan StartTime { get; }

    /// <summary>The limits that are in effect; null for a server without a group.</summary>
    GroupLimits? Effective { get; }

    bool HasEnded { get; }

    /// <summary>Ends it; later calls give the same answer.</summary>
    Task<ServerEnd> EndAsync();
}

/// <summary>
/// A server that the suite started by a shell command, with its control group, for as long as this object lives. Both
/// end with the suite, whatever ends the suite: a shell outside of the group supervises them, and reads a pipe that the
/// kernel then closes.
/// </summary>
internal sealed class ServerProcess : IServerProcess
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>For making the group alone; <c>systemd-run</c> has half of it.</summary>
    private static readonly TimeSpan GroupDeadline = TimeSpan.FromSeconds(20);

    private readonly Supervisor supervisor;

    private ServerProcess(Supervisor supervisor, SupervisorLine.Running running, GroupLimits? limits)
    {
        this.supervisor = supervisor;
        ProcessId = running.ProcessId;
        Effective = limits is null
            ? null
            : limits with { DescriptorsSoft = running.DescriptorsSoft, DescriptorsHard = running.DescriptorsHard };
    }

    /// <summary>The command's shell, or what it became by <c>exec</c>; the server may be a child of it.</summary>
    public int ProcessId { get; }

    /// <summary>From the start of the command until it answered, to within 50 ms and one answer.</summary>
    public TimeSpan StartTime { get; private set; }

    public GroupLimits? Effective { get; }

    /// <summary>By itself or by <see cref="EndAsync"/>; known some milliseconds after the fact.</summary>
    public bool HasEnded => supervisor.Ended.IsCompleted;

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="command">The server.</param>
    /// <param name="limits">What it may use; null for no group.</param>
    /// <param name="driver">As <see cref="CgroupSupport.ProbeAsync()"/> says; not used without limits.</param>
    /// <param name="answers">Asked every 50 ms until it is true; its token is cancelled when the time is up.</param>
    /// <param name="cancellationToken">Ends the wait and the server.</param>
    /// <exception cref="ServerStartException">Nothing of the server is left, as where the token was
    /// cancelled.</exception>
    public static async Task<ServerProcess> StartAsync(
        ServerCommand command, GroupLimits? limits, CgroupDriver driver, Func<CancellationToken, Task<bool>> answers,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RefuseWhatCannotBe(command);
        var request = new SupervisorRequest(command.Line, command.Directory, limits, Parents(limits, driver));
        var supervisor = Supervisor.Start(request);
        try
        {
            var running = await RunningAsync(supervisor, command, limits is not null, cancellationToken)
                .ConfigureAwait(false);
            var server = new ServerProcess(supervisor, running, request.Whole);
            await server.AnswersAsync(command, answers, cancellationToken).ConfigureAwait(false);
            if (limits is not null)
                await server.RefuseStrangerAsync(command).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await supervisor.EndAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Ends the server (SIGTERM, 2 s, SIGKILL), everything that it started, and removes its group; later calls give the
    /// same answer, which names what could not be removed. Without a group, what made itself a session of its own is
    /// not found.
    /// </summary>
    public Task<ServerEnd> EndAsync() => supervisor.EndAsync();

    public async ValueTask DisposeAsync() => await EndAsync().ConfigureAwait(false);

    /// <summary>Whether a process is known to be in another group than the server's and those below it.</summary>
    internal static bool IsOutside(int process, int server, FileTree files) =>
        ControlGroup.Of(server, files)?.Memory is { } own
        && files.ReadText(Say($"/proc/{process}/cgroup")) is not null
        && new CgroupReader(files, process).Locate("memory") is { } placement
        && !placement.Folders.Contains(own.Folders[0]);

    private static CgroupParents Parents(GroupLimits? limits, CgroupDriver driver)
    {
        if (limits is null)
            return CgroupParents.Nowhere;
        if (driver == CgroupDriver.None)
        {
            throw new ArgumentException(
                "A server with limits needs a driver that makes its control group, and None is none. "
                    + "CgroupSupport.ProbeAsync says which there is.",
                nameof(driver));
        }

        var parents = driver == CgroupDriver.SystemdRun
            ? CgroupParents.OfSystemd(FileTree.Machine)
            : CgroupParents.Find(FileTree.Machine, limits);
        if (parents.Driver == driver)
            return parents;
        var fault = parents.Fault ?? new($"the machine has {parents.Driver}, not {driver}");
        throw new ServerStartException($"No control group of this size can be made: {fault.Text}. {fault.Next}", null);
    }

    // Another server would answer in place of this one, and be measured for it.
    private static void RefuseWhatCannotBe(ServerCommand command)
    {
        if (!Directory.Exists(command.Directory))
        {
            throw new ServerStartException(
                $"The folder {command.Directory}, in which '{command.Line}' is to be run, is not there.", null);
        }

        if (command.WhyTaken() is { } taken)
            throw new ServerStartException(taken, null);
    }

    private static async Task<SupervisorLine.Running> RunningAsync(
        Supervisor supervisor, ServerCommand command, bool limited, CancellationToken cancellationToken)
    {
        CgroupFault fault;
        try
        {
            var started = await supervisor.Started.WaitAsync(GroupDeadline, TimeProvider.System, cancellationToken)
                .ConfigureAwait(false);
            if (started is SupervisorLine.Running running)
                return running;
            fault = ((SupervisorLine.Failed)started).Fault;
        }
        catch (TimeoutException)
        {
            fault = new(
                Say($"its control group was not made within {GroupDeadline.TotalSeconds:0} s"));
        }

        var end = await supervisor.EndAsync().ConfigureAwait(false);
        var next = limited ? $" {fault.Next}" : "";
        // Not the server's: nothing of it ran yet.
        var said = end.Stderr.Length > 0 ? $" It said: {end.Stderr}" : "";
        throw new ServerStartException(
            $"The server '{command.Line}' could not be started: {fault.Text}.{next}{Remainder(end)}{said}", null);
    }

    private async Task AnswersAsync(
        ServerCommand command, Func<CancellationToken, Task<bool>> answers, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        using var deadline = new CancellationTokenSource(command.StartTimeout, clock);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            while (!HasEnded)
            {
                var answer = answers(limited.Token);
                var first = await Task.WhenAny(answer, supervisor.Ended).WaitAsync(limited.Token).ConfigureAwait(false);
                if (first == answer && await answer.ConfigureAwait(false))
                {
                    // A server that has ended did not answer: another did.
                    if (HasEnded)
                        break;
                    StartTime = clock.GetElapsedTime(start);
                    return;
                }

                await Task.Delay(PollInterval, clock, limited.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested
            && !cancellationToken.IsCancellationRequested)
        {
            throw await SilentAsync(command).ConfigureAwait(false);
        }

        await limited.CancelAsync().ConfigureAwait(false);
        throw await EndedAsync(command).ConfigureAwait(false);
    }

    // A command that has the server started elsewhere stays in the group itself, and its server has the whole machine.
    private async Task RefuseStrangerAsync(ServerCommand command)
    {
        var owners = TargetEndPoint.AllOf(command.Url).SelectMany(endPoint => LocalListener.FindProcessIds(endPoint))
            .ToArray();
        if (owners.Length == 0 || !Array.TrueForAll(owners, owner => IsOutside(owner, ProcessId, FileTree.Machine)))
            return;
        var end = await EndAsync().ConfigureAwait(false);
        throw new ServerStartException(
            Say($"The server '{command.Line}' answers at {Redacted(command)} from process {owners[0]}, which is not in "
                + $"the control group: Target.Command has to be the server itself, in the foreground (not docker run, "
                + $"systemctl or pm2).{Remainder(end)}"),
            null);
    }

    private async Task<ServerStartException> SilentAsync(ServerCommand command)
    {
        var end = await EndAsync().ConfigureAwait(false);
        var next = Starved(end)
            ?? $"Make the command listen at {Redacted(command)}; if it starts slowly, raise Target.StartTimeout"
            + (Effective is null ? "." : " or the task's cpu.");
        return new(
            Say($"The server '{command.Line}' did not answer at {Redacted(command)} "
                + $"within {command.StartTimeout.TotalSeconds:0.#} s. {next}{Remainder(end)}"),
            end: null, isOfServer: true);
    }

    private async Task<ServerStartException> EndedAsync(ServerCommand command)
    {
        var end = await EndAsync().ConfigureAwait(false);
        if (supervisor.Failure is { } fault)
        {
            return new(
                $"The server '{command.Line}' could not be kept in its control group: {fault.Text}. {fault.Next}"
                    + Remainder(end),
                null);
        }

        var code = end.ExitCode is { } exit
            ? Say($"with exit code {exit}")
            : "with an exit code that is not known";
        var next = Starved(end)
            ?? $"Run it by hand in {command.Directory}: it has to stay in the foreground (no &, no daemon, no docker "
                + $"run).";
        return new(
            $"The server '{command.Line}' ended {code} before it answered at {Redacted(command)}. "
                + $"{next}{Remainder(end)}",
            end,
            // Without an exit code it was the supervisor that was ended by somebody.
            isOfServer: end.ExitCode is not null);
    }

    private string? Starved(ServerEnd end) => end.OomKills > 0
        ? Say(
            $"The kernel killed {end.OomKills} of its processes for memory: {Effective?.MemoryBytes >> 20} MiB are not "
                + $"enough to start it: raise memory in the task definition, or measure a larger size.")
        : null;

    private static string Redacted(ServerCommand command) => UrlRedaction.Redact(command.Url);

    // The last of a message.
    private static string Remainder(ServerEnd end) =>
        (end.Left is null ? "" : $" {end.Left}") + (end.Stderr.Length > 0 ? "" : " It said nothing on standard error.");
}
