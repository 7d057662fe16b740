using NUnit.Framework;
using Support.Targets;

namespace Support.Tests.Targets;

internal sealed class EmbeddedTargetTests
{
    [Test, CancelAfter(30_000)]
    public async Task A_server_that_ends_before_it_listens_is_quoted(CancellationToken cancellationToken)
    {
        var error = Assert.CatchAsync<InvalidOperationException>(
            () => TargetRun.StartAsync(cancellationToken, "--cap", "many"));

        Assert.That(error!.Message, Does.Contain("exit code 2").And.Contain("--cap is 'many'"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_server_that_is_not_there_is_named(CancellationToken cancellationToken)
    {
        var error = Assert.CatchAsync<FileNotFoundException>(() =>
            EmbeddedTarget.StartAsync(new() { ServerFile = "/no/such/TargetServer.dll" }, cancellationToken));

        Assert.That(error!.Message, Does.Contain("/no/such/TargetServer.dll"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_program_that_says_something_else_is_quoted(CancellationToken cancellationToken)
    {
        // A test assembly is no program: the host says so on its own.
        var error = Assert.CatchAsync<InvalidOperationException>(() =>
            EmbeddedTarget.StartAsync(
                new() { ServerFile = Path.Combine(AppContext.BaseDirectory, "Support.dll") }, cancellationToken));

        Assert.That(error!.Message, Does.Contain("embedded target"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_server_that_does_not_listen_in_time_is_given_up(CancellationToken cancellationToken)
    {
        var error = Assert.CatchAsync<TimeoutException>(() =>
            EmbeddedTarget.StartAsync(new() { StartDeadline = TimeSpan.FromMilliseconds(1) }, cancellationToken));

        Assert.That(error!.Message, Does.Contain("did not listen within"));
    }

    [Test]
    public void The_server_is_looked_for_beside_the_assembly_and_in_the_same_configuration()
    {
        var root = Directory.CreateTempSubdirectory();
        File.Create(Path.Combine(root.FullName, "Tests.sln")).Dispose();
        var output = Path.Combine(root.FullName, "CapacityTests", "bin", "Release", "net10.0")
            + Path.DirectorySeparatorChar;

        var missing = Assert.Catch<FileNotFoundException>(() => HelperProcess.TargetServer.Find(output));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(HelperProcess.TargetServer.Candidates(output), Is.EqualTo(new[]
            {
                Path.Combine(output, "TargetServer", "TargetServer.dll"),
                Path.Combine(root.FullName, "TargetServer", "bin", "Release", "net10.0", "TargetServer.dll"),
            }));
            Assert.That(
                missing!.Message,
                Does.Contain(HelperProcess.TargetServer.Candidates(output)[1]).And.Contain("Target.Url"));
        }

        root.Delete(recursive: true);
    }

    [Test, NonParallelizable]
    public void The_suites_settings_are_not_handed_on()
    {
        const string name = "CAPACITY_TARGET_HEADERS";
        Environment.SetEnvironmentVariable(name, "Authorization: secret");
        try
        {
            var start = HelperProcess.StartInfo("TargetServer.dll", ["--cap", "5"]);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(start.Environment.Keys, Has.None.StartsWith("CAPACITY_"));
                Assert.That(start.Environment["DOTNET_gcServer"], Is.EqualTo("0"));
                Assert.That(start.ArgumentList, Is.EqualTo(new[] { "TargetServer.dll", "--cap", "5" }));
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Test]
    public void The_host_is_the_one_that_runs_the_suite_else_the_one_that_started_it_else_the_paths()
    {
        var here = Path.Combine(AppContext.BaseDirectory, "Support.dll");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                HelperProcess.Muxer("/opt/net/dotnet", new Dictionary<string, string?>()),
                Is.EqualTo("/opt/net/dotnet"));
            Assert.That(
                HelperProcess.Muxer("/app/testhost", new Dictionary<string, string?> { ["DOTNET_HOST_PATH"] = here }),
                Is.EqualTo(here));
            Assert.That(HelperProcess.Muxer(
                "/app/testhost",
                new Dictionary<string, string?> { ["DOTNET_HOST_PATH"] = "/gone/dotnet" }), Is.EqualTo("dotnet"));
            Assert.That(HelperProcess.Muxer(null, new Dictionary<string, string?>()), Is.EqualTo("dotnet"));
        }
    }

    [TestCase("listening {\"url\":\"ws://127.0.0.1:40123/\",\"pid\":123}", "ws://127.0.0.1:40123/")]
    [TestCase("listening {\"pid\":123}", null)]
    [TestCase("listening {\"url\":\"http://127.0.0.1/\"}", null)]
    [TestCase("listening [1]", null)]
    [TestCase("listening {", null)]
    [TestCase("Now listening on: http://localhost:5000", null)]
    [TestCase("", null)]
    public void The_listening_line_gives_a_websocket_url_or_nothing(string line, string? url) =>
        Assert.That(EmbeddedTarget.ParseListening(line)?.AbsoluteUri, Is.EqualTo(url));
}
