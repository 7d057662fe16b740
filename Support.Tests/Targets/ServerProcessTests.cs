using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using NUnit.Framework;
using Support.Host;
using Support.Targets;

namespace Support.Tests.Targets;

/// <summary>A server without a group: what its start and its end say.</summary>
[Platform("Linux")]
internal sealed class ServerProcessTests
{
    private readonly ServerRun run = new();

    [TearDown]
    public void Remove() => run.Dispose();

    [Test, CancelAfter(60_000)]
    public async Task A_server_has_started_when_it_answers_and_is_gone_after_its_end(
        CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        var command = own.Command($"exec dotnet '{TargetRun.ServerFile}' --port {own.Url.Port}");
        var server = await ServerProcess.StartAsync(
            command, null, CgroupDriver.None, token => ServerRun.ListensAsync(own.Url, token), cancellationToken);
        Assert.That(
            (server.HasEnded, server.Effective, server.StartTime > TimeSpan.FromMilliseconds(1)),
            Is.EqualTo((false, (GroupLimits?)null, true)));

        var end = await server.EndAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (end.ExitCode, end.OomKills), Is.EqualTo(((int?)null, 0L)), "It still ran when it was asked to end.");
            Assert.That(server.HasEnded && ServerRun.IsGone(server.ProcessId), Is.True);
            Assert.That(await ServerRun.ListensAsync(own.Url, cancellationToken), Is.False);
            Assert.That(await server.EndAsync(), Is.SameAs(end));
        }
    }

    [Test, CancelAfter(60_000)]
    public void A_server_that_ends_before_it_answers_is_told_at_once(CancellationToken cancellationToken)
    {
        var command = run.Command(
            "echo 'no such module: ws' >&2; exit 7") with { StartTimeout = TimeSpan.FromHours(1) };
        var failure = Assert.ThrowsAsync<ServerStartException>(
            () => ServerProcess.StartAsync(
                command,
                null,
                CgroupDriver.None,
                token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token).ContinueWith(_ => false),
                cancellationToken))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.End, Is.EqualTo(new ServerEnd(7, 0, "no such module: ws")));
            Assert.That(failure.Message, Is.EqualTo(
                $"The server '{command.Line}' ended with exit code 7 before it answered at {run.Url}. Run it by hand "
                + $"in {run.Folder}: it has to stay in the foreground (no &, no daemon, no docker run)."),
                "What it said may hold anything, and a message ends in reports.");
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task A_server_that_does_not_answer_in_time_is_ended(CancellationToken cancellationToken)
    {
        var command = run.Command("echo $$ > pid; exec sleep 600") with { StartTimeout = TimeSpan.FromSeconds(2) };
        var failure = Assert.ThrowsAsync<ServerStartException>(
            () => ServerProcess.StartAsync(
                command, null, CgroupDriver.None, _ => Task.FromResult(false), cancellationToken))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Message, Is.EqualTo(
                $"The server '{command.Line}' did not answer at {run.Url} within 2 s. Make the command listen at "
                + $"{run.Url}; if it starts slowly, raise Target.StartTimeout. It said nothing on standard error."));
            Assert.That(failure.End, Is.Null);
            Assert.That(
                ServerRun.IsGone(int.Parse(await File.ReadAllTextAsync(run.In("pid"), cancellationToken), null)),
                Is.True);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task A_server_that_dies_later_has_ended_with_its_exit_code(CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        await using var server = await own.StartAsync(
            "until [ -e go ]; do sleep 0.05; done; kill -SEGV $$", null, cancellationToken);
        await File.WriteAllTextAsync(own.In("go"), "", cancellationToken);
        await TargetRun.UntilAsync(() => Task.FromResult(server.HasEnded), cancellationToken);

        Assert.That(
            await server.EndAsync(),
            Is.EqualTo(new ServerEnd(128 + 11, 0, "")),
            "What a shell says of its children is not the server's word.");
    }

    [Test, CancelAfter(60_000)]
    public async Task A_server_is_asked_before_it_is_killed(CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        await using (await own.StartWritingAsync(
            "trap 'echo asked > asked; exit 0' TERM; echo", null, cancellationToken))
            Assert.That(File.Exists(own.In("asked")), Is.False);

        Assert.That(File.Exists(own.In("asked")), Is.True);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_server_that_does_not_listen_to_that_and_its_children_are_killed(
        CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        var server = await own.StartWritingAsync("trap '' TERM; sleep 600 & echo $!", null, cancellationToken);
        await server.EndAsync();

        Assert.That(ServerRun.IsGone(server.ProcessId) && ServerRun.IsGone(int.Parse(own.Written()[0], null)), Is.True);
    }

    [Test, CancelAfter(60_000)]
    public async Task Standard_output_is_drained_and_the_last_lines_of_standard_error_are_kept(
        CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        await using var server = await own.StartAsync(
            "until [ -e go ]; do sleep 0.05; done; head -c 10000000 /dev/zero; seq 1 100 >&2; echo ended 5; exit 3",
            null,
            cancellationToken);
        await File.WriteAllTextAsync(own.In("go"), "", cancellationToken);
        await TargetRun.UntilAsync(() => Task.FromResult(server.HasEnded), cancellationToken);

        Assert.That(
            await server.EndAsync(), Is.EqualTo(new ServerEnd(3, 0, string.Join('\n', Enumerable.Range(81, 20)))));
    }

    [Test, NonParallelizable, CancelAfter(60_000)]
    public async Task A_server_runs_in_its_folder_with_the_environment_but_the_settings(
        CancellationToken cancellationToken)
    {
        const string setting = "CAPACITY_TARGET_HEADERS";
        var request = new SupervisorRequest("true", "/", null, CgroupParents.Nowhere);
        Environment.SetEnvironmentVariable(setting, "Authorization: secret");
        try
        {
            using var own = new ServerRun();
            await using var server = await own.StartWritingAsync("pwd; env", null, cancellationToken);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(own.Written()[0], Is.EqualTo(own.Folder));
                Assert.That(own.Written(), Has.Some.StartsWith("PATH=").And.None.StartsWith("CAPACITY_"));
                Assert.That(request.ToStartInfo().Environment.Keys, Has.None.StartsWith("CAPACITY_"));
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(setting, null);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Nothing_is_started_where_another_server_listens_or_the_folder_is_absent(
        CancellationToken cancellationToken)
    {
        await using var other = await TargetRun.StartAsync(cancellationToken);
        var taken = new ServerCommand("sleep 600", other.Url, run.Folder);
        var nowhere = run.Command("sleep 600") with { Directory = run.In("absent") };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Refusal(taken), Does.Contain($"{other.Url.Authority} is taken by process {other.ProcessId}").And
                .Contain("another port"));
            Assert.That(Refusal(nowhere), Does.Contain($"The folder {run.In("absent")}").And.Contain("is not there"));
        }
    }

    [TestCase("127.0.0.1", "127.0.0.1", true), TestCase(
        "localhost", "127.0.0.1", true), TestCase("localhost", "::1", true), TestCase("localhost", "0.0.0.0", true)]
    [TestCase("127.0.0.1", "::1", false), TestCase("[::1]", "127.0.0.1", false)]
    public void A_port_is_taken_by_whoever_listens_at_an_address_of_the_url_known_or_not(
        string host, string listener, bool expected)
    {
        var command = new ServerCommand("true", new($"ws://{host}:8080/?token=secret"), "/");
        var endPoint = new IPEndPoint(IPAddress.Parse(listener), 8080);
        ImmutableArray<TcpRow> rows = [new(endPoint, new(IPAddress.Any, 0), TcpState.Listen, 4711)];

        var unknown = command.WhyTaken(rows, _ => []);
        var known = command.WhyTaken(rows, _ => [12, 13]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unknown, expected
                ? Does.StartWith($"{host}:8080 is taken by a process that this user may not see").And.Not
                    .Contain("secret")
                : Is.Null);
            Assert.That(known, expected ? Does.StartWith($"{host}:8080 is taken by process 12") : Is.Null);
            Assert.That(command.WhyTaken([], _ => [12]), Is.Null);
        }
    }

    [Test, CancelAfter(60_000)]
    public void A_group_that_fails_while_the_server_runs_is_no_failure_of_the_server(
        CancellationToken cancellationToken)
    {
        // The supervisor's own line, said for it by its child.
        var command = run.Command("printf 'failed - it is gone\n' > /proc/$PPID/fd/3; exec sleep 600") with
        {
            Url = new($"{run.Url}?token=secret"),
        };
        var failure = Assert.ThrowsAsync<ServerStartException>(() => ServerProcess.StartAsync(
            command, null, CgroupDriver.None, _ => Task.FromResult(false), cancellationToken))!;

        Assert.That((failure.IsOfServer, failure.End), Is.EqualTo((false, (ServerEnd?)null)));
        Assert.That(failure.Message, Does.Contain("control group: it is gone"));
    }

    [Test, CancelAfter(60_000)]
    public void An_answer_after_the_server_has_ended_is_not_its_own(CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        Task<bool> Answers(CancellationToken token)
        {
            // Without leaving this thread: whoever waits for the answer sees it first.
            SpinWait.SpinUntil(() => File.Exists(own.In("supervisor"))
                && ServerRun.IsGone(int.Parse(File.ReadAllText(own.In("supervisor")), null)));
            Thread.Sleep(TimeSpan.FromSeconds(1));
            return Task.FromResult(true);
        }

        var command = own.Command(
            "echo $PPID > part; mv part supervisor; exit 3") with { Url = new($"{own.Url}?token=secret") };
        var failure = Assert.ThrowsAsync<ServerStartException>(
            () => ServerProcess.StartAsync(command, null, CgroupDriver.None, Answers, cancellationToken))!;

        Assert.That((failure.IsOfServer, failure.End?.ExitCode), Is.EqualTo((true, (int?)3)));
        Assert.That(failure.Message, Does.Contain($"{own.Url}?token=***").And.Not.Contain("secret"));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_cancelled_start_leaves_nothing(CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        async Task<bool> CancelsOnceStarted(CancellationToken token)
        {
            if (File.Exists(own.In("pid")))
                await source.CancelAsync();
            return false;
        }

        Assert.That(
            async () => await ServerProcess.StartAsync(
                own.Command("echo $$ > part; mv part pid; exec sleep 600"),
                null,
                CgroupDriver.None,
                CancelsOnceStarted,
                source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            ServerRun.IsGone(int.Parse(await File.ReadAllTextAsync(own.In("pid"), cancellationToken), null)), Is.True);
    }

    private static string Refusal(ServerCommand command) => Assert.ThrowsAsync<ServerStartException>(
        () => ServerProcess.StartAsync(
            command, null, CgroupDriver.None, _ => Task.FromResult(true), CancellationToken.None))!.Message;
}
