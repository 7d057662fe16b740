using Support.Host;
using Support.Settings;
using Support.Targets.Groups;

namespace Support.Targets;

/// <summary>A server that was started by a command, while it runs.</summary>
internal interface IServerProcess : IAsyncDisposable
{
    /// <summary>From the start of the command until it answered.</summary>
    TimeSpan StartTime { get; }

    /// <summary>The limits that are in effect; null for a server without a group.</summary>
    GroupLimits? Effective { get; }

    /// <summary>Whether it has ended.</summary>
    bool HasEnded { get; }

    /// <summary>Ends it; later calls give the same answer.</summary>
    Task<ServerEnd> EndAsync();
}

/// <summary>A server that the suite started by a shell command, with its control group, for as long as this object lives.</summary>
/// <remarks>Both end with the suite, whatever ends the suite: a shell outside of the group keeps them, and reads a pipe that the kernel then closes.</remarks>
public sealed class ServerProcess : IServerProcess
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>For making the group alone; <c>systemd-run</c> has half of it.</summary>
    private static readonly TimeSpan GroupDeadline = TimeSpan.FromSeconds(20);

    private readonly Keeper keeper;

    private ServerProcess(Keeper keeper, KeeperLine.Running running, GroupLimits? limits)
    {
        this.keeper = keeper;
        ProcessId = running.ProcessId;
        Effective = limits is null ? null : limits with { DescriptorsSoft = running.DescriptorsSoft, DescriptorsHard = running.DescriptorsHard };
    }

    /// <summary>The command's shell, or what it became by <c>exec</c>; the server may be a child of it.</summary>
    public int ProcessId { get; }

    /// <summary>From the start of the command until it answered, to within 50 ms and one answer.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>The limits as they were read back; null for a server without a group.</summary>
    public GroupLimits? Effective { get; }

    /// <summary>Whether the command has ended, by itself or by <see cref="EndAsync"/>; known some milliseconds after the fact.</summary>
    public bool HasEnded => keeper.Ended.IsCompleted;

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="command">The server.</param>
    /// <param name="limits">What it may use; null for no group.</param>
    /// <param name="way">How the group is made, as <see cref="TaskGroups.ProbeAsync()"/> says; not looked at without limits.</param>
    /// <param name="answers">Asked every 50 ms until it is true; its token is cancelled when the time is up.</param>
    /// <param name="cancellationToken">Ends the wait and the server.</param>
    /// <exception cref="ServerStartException">
    /// The group could not be made, the server ended or did not answer in time, or another answered for it; nothing of it is left.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing of the server is left.</exception>
    public static async Task<ServerProcess> StartAsync(
        ServerCommand command,
        GroupLimits? limits,
        GroupWay way,
        Func<CancellationToken, Task<bool>> answers,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(answers);
        cancellationToken.ThrowIfCancellationRequested();
        RefuseWhatCannotBe(command);
        var request = new KeeperRequest(command.Line, command.Directory, limits, Places(limits, way));
        var keeper = Keeper.Start(request);
        try
        {
            var running = await RunningAsync(keeper, command, limits is not null, cancellationToken).ConfigureAwait(false);
            var server = new ServerProcess(keeper, running, request.Whole);
            await server.AnswersAsync(command, answers, cancellationToken).ConfigureAwait(false);
            if (limits is not null)
                await server.RefuseStrangerAsync(command).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await keeper.EndAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends the server (SIGTERM, 2 s, SIGKILL), everything that it started, and removes its group. Later calls give the same answer.</summary>
    /// <remarks>Without a group, what has made itself a session of its own is not found.</remarks>
    /// <returns>How it ended; <see cref="ServerEnd.Left"/> names what could not be removed.</returns>
    public Task<ServerEnd> EndAsync() => keeper.EndAsync();

    /// <summary>As <see cref="EndAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await EndAsync().ConfigureAwait(false);

    private static GroupPlaces Places(GroupLimits? limits, GroupWay way)
    {
        if (limits is null)
            return GroupPlaces.Nowhere;
        if (way == GroupWay.None)
            throw new ArgumentException("A server with limits needs a way to make its control group, and None is none. TaskGroups.ProbeAsync says which there is.", nameof(way));

        var places = way == GroupWay.SystemdRun ? GroupPlaces.OfSystemd(FileTree.Machine) : GroupPlaces.Find(FileTree.Machine, limits);
        return places.Way == way
            ? places
            : throw new ServerStartException($"No control group of this size can be made: {places.Why ?? $"the machine has {places.Way}, not {way}"}. {GroupAdvice.For(places.Why ?? "")}", null);
    }

    // Another server would answer in place of this one, and be measured for it.
    private static void RefuseWhatCannotBe(ServerCommand command)
    {
        if (!Directory.Exists(command.Directory))
            throw new ServerStartException($"The folder {command.Directory}, in which '{command.Line}' is to be run, is not there.", null);
        if (command.WhyTaken() is { } taken)
            throw new ServerStartException(taken, null);
    }

    private static async Task<KeeperLine.Running> RunningAsync(Keeper keeper, ServerCommand command, bool limited, CancellationToken cancellationToken)
    {
        string why;
        try
        {
            var started = await keeper.Started.WaitAsync(GroupDeadline, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            if (started is KeeperLine.Running running)
                return running;
            why = ((KeeperLine.Failed)started).Why;
        }
        catch (TimeoutException)
        {
            why = FormattableString.Invariant($"its control group was not made within {GroupDeadline.TotalSeconds:0} s");
        }

        var end = await keeper.EndAsync().ConfigureAwait(false);
        throw new ServerStartException($"The server '{command.Line}' could not be started: {why}. {(limited ? $"{GroupAdvice.For(why)} " : "")}{Quote(end)}", null);
    }

    private async Task AnswersAsync(ServerCommand command, Func<CancellationToken, Task<bool>> answers, CancellationToken cancellationToken)
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
                if (await Task.WhenAny(answer, keeper.Ended).WaitAsync(limited.Token).ConfigureAwait(false) == answer && await answer.ConfigureAwait(false))
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
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw await SilentAsync(command).ConfigureAwait(false);
        }

        await limited.CancelAsync().ConfigureAwait(false);
        throw await EndedAsync(command).ConfigureAwait(false);
    }

    // A command that has the server started elsewhere stays in the group itself, and its server has the whole machine.
    private async Task RefuseStrangerAsync(ServerCommand command)
    {
        var owners = TargetEndPoint.AllOf(command.Url).SelectMany(endPoint => LocalListener.FindProcessIds(endPoint)).ToArray();
        if (owners.Length == 0 || !Array.TrueForAll(owners, owner => GroupMembers.IsOutside(owner, ProcessId, FileTree.Machine)))
            return;
        var end = await EndAsync().ConfigureAwait(false);
        throw new ServerStartException(
            FormattableString.Invariant($"The server '{command.Line}' answers at {UrlRedaction.Redact(command.Url)} from process {owners[0]}, which is not in the control group: ")
            + $"Target.Command has to be the server itself, in the foreground (not docker run, systemctl or pm2). {Quote(end)}",
            null);
    }

    private async Task<ServerStartException> SilentAsync(ServerCommand command)
    {
        var end = await EndAsync().ConfigureAwait(false);
        return new(
            FormattableString.Invariant($"The server '{command.Line}' did not answer at {UrlRedaction.Redact(command.Url)} within {command.StartTimeout.TotalSeconds:0.#} s. ")
            + $"{Starved(end) ?? $"Make the command listen at {UrlRedaction.Redact(command.Url)}; if it starts slowly, raise Target.StartTimeout{(Effective is null ? "" : " or the task's cpu")}."} {Quote(end)}",
            end: null,
            isOfServer: true);
    }

    private async Task<ServerStartException> EndedAsync(ServerCommand command)
    {
        var end = await EndAsync().ConfigureAwait(false);
        if (keeper.Failure is { } why)
            return new($"The server '{command.Line}' could not be kept in its control group: {why}. {GroupAdvice.For(why)} {Quote(end)}", null);
        var code = end.ExitCode is { } exit ? FormattableString.Invariant($"with exit code {exit}") : "with an exit code that is not known";
        return new(
            $"The server '{command.Line}' ended {code} before it answered at {UrlRedaction.Redact(command.Url)}. "
            + $"{Starved(end) ?? $"Run it by hand in {command.Directory}: it has to stay in the foreground (no &, no daemon, no docker run)."} {Quote(end)}",
            end,
            // Without an exit code it was the keeper that was ended by somebody.
            isOfServer: end.ExitCode is not null);
    }

    private string? Starved(ServerEnd end) => end.OomKills > 0
        ? FormattableString.Invariant($"The kernel killed {end.OomKills} of its processes for memory: {Effective?.MemoryBytes >> 20} MiB are not enough to start it: raise memory in the task definition, or measure a larger size.")
        : null;

    // The last of a message: it may have many lines, and ends as the server ended it.
    private static string Quote(ServerEnd end) =>
        (end.Left is null ? "" : $"{end.Left} ") + (end.LastWords.Length > 0 ? $"It said: {end.LastWords}" : "It said nothing on standard error.");
}
