using System.Diagnostics;

namespace Support.Targets.Groups;

/// <summary>The process that holds a server and its group, and what it said so far.</summary>
internal sealed class Keeper
{
    /// <summary>The keeper's own: 2 s of asking, 10 s of killing, 5 s for each folder, and as much again for a busy machine.</summary>
    private static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(45);

    /// <summary>A process that the server left behind may hold the pipe of standard error.</summary>
    private static readonly TimeSpan PipeDeadline = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<KeeperLine> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;
    private readonly ErrorTail errors;
    private readonly Task output;
    private readonly Lazy<Task<ServerEnd>> ending;

    // Written by the reading task only, and read after it has ended.
    private int? exitCode;
    private bool asked;
    private long kills;
    private string? left;

    private Keeper(Process process)
    {
        this.process = process;
        errors = new ErrorTail(process.StandardError);
        output = ReadAsync(process.StandardOutput);
        ending = new(EndOnceAsync);
    }

    /// <summary>That the server runs, or why it does not.</summary>
    public Task<KeeperLine> Started => started.Task;

    /// <summary>Completes when the server has ended, whatever ended it.</summary>
    public Task Ended => ended.Task;

    /// <summary>Why the group does not hold the server, where that was said after it was said to run; set before <see cref="Ended"/> completes.</summary>
    public string? Failure { get; private set; }

    /// <summary>Starts a keeper, which starts the server.</summary>
    public static Keeper Start(KeeperRequest request)
    {
        var start = request.ToStartInfo();
        return new(Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} could not be started."));
    }

    /// <summary>Ends the server, everything that it started, and the group.</summary>
    /// <returns>How the server came to its end; the same for every call.</returns>
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
            Leave("The keeper of the server did not end and was killed: the server and its control group may be left.");
            process.Kill(entireProcessTree: true);
        }

        await Task.WhenAny(Task.WhenAll(output, errors.Ended), Task.Delay(PipeDeadline, TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
        process.Dispose();
        return new(exitCode, kills, errors.Text.Trim()) { Left = left };
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
            Take(KeeperLine.Parse(line));

        started.TrySetResult(new KeeperLine.Failed("the shell that was to start it ended without a word"));
        ended.TrySetResult();
    }

    private void Take(KeeperLine? line)
    {
        switch (line)
        {
            case KeeperLine.Running:
                started.TrySetResult(line);
                break;
            case KeeperLine.Failed of:
                Fail(of);
                break;
            case KeeperLine.Ended when asked:
                break;
            case KeeperLine.Ended by:
                exitCode = by.ExitCode;
                ended.TrySetResult();
                break;
            case KeeperLine.Asked:
                asked = true;
                break;
            case KeeperLine.Kills of:
                kills = Math.Max(kills, of.Count);
                break;
            case KeeperLine.Left group:
                Leave($"The control group {group.Folder} could not be removed: rmdir it once it is empty.");
                break;
        }
    }

    private void Fail(KeeperLine.Failed failed)
    {
        if (started.TrySetResult(failed))
            return;
        Failure = failed.Why;
        ended.TrySetResult();
    }

    private void Leave(string sentence) => left = left is null ? sentence : $"{left} {sentence}";
}
