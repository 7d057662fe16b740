using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Support.Tests.Targets;

internal sealed partial class CommandLineTests
{
    [TestCase("Unknown option '--capp'; allowed: --help, --listen", "--capp", "5")]
    [TestCase("--cap is 'many'; allowed: a whole number from 0 to 1000000.", "--cap", "many")]
    [TestCase("--cap is '-1'; allowed:", "--cap=-1")]
    [TestCase("--cap needs a value; allowed:", "--cap")]
    [TestCase("--port is '65536'; allowed: a whole number from 0 to 65535.", "--port", "65536")]
    [TestCase("--listen is 'nowhere'; allowed: an IP address", "--listen", "nowhere")]
    [TestCase("--drop-after is '500'; allowed: a duration from 0ms to 1h", "--drop-after", "500")]
    [TestCase("--drop-mode is 'close:1006'; allowed: fin, rst, or close:CODE", "--drop-after", "1s", "--drop-mode",
        "close:1006")]
    [TestCase("--drop-share is '0'; allowed: a share above 0 up to 1", "--drop-after", "1s", "--drop-share", "0")]
    [TestCase("--drop-share is '0,2'; allowed:", "--drop-after", "1s", "--drop-share", "0,2")]
    [TestCase("--drop-mode needs --drop-after WHEN.", "--drop-mode", "rst")]
    [TestCase("--cap-status needs --cap N.", "--cap-status", "429")]
    [TestCase("--reject is '200'; allowed: an HTTP error status from 400 to 599.", "--reject", "200")]
    [TestCase("--no-pong takes no value, but was given 'yes'.", "--no-pong=yes")]
    [TestCase("--certificate needs --key FILE.", "--certificate", "a.pem")]
    [TestCase("--certificate and --key: 'no-such.pem' and 'no.key' cannot be used:", "--certificate", "no-such.pem",
        "--key", "no.key")]
    [TestCase("--self-signed: '/no/such/folder/ca.pem' cannot be used:", "--self-signed", "/no/such/folder/ca.pem")]
    [CancelAfter(30_000)]
    public async Task A_wrong_command_line_is_one_clear_line_and_exit_code_2(string expected, params string[] arguments)
    {
        var (exitCode, output, errors) = await TargetRun.ToEndAsync(
            TestContext.CurrentContext.CancellationToken, arguments);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(output, Is.Empty);
            Assert.That(errors, Does.Contain(expected));
            Assert.That(errors.Trim().Split('\n'), Has.Length.EqualTo(1));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task A_port_in_use_is_one_clear_line_and_exit_code_1(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var (exitCode, output, errors) = await TargetRun.ToEndAsync(cancellationToken, "--port", $"{port}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(output, Is.Empty);
            Assert.That(
                errors, Does.Contain($"port {port}").And.Contain("address already in use").And.Contain("--port"));
            Assert.That(errors.Trim().Split('\n'), Has.Length.EqualTo(1));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task The_table_of_the_readme_has_every_option_of_the_help(CancellationToken cancellationToken)
    {
        var (exitCode, help, _) = await TargetRun.ToEndAsync(cancellationToken, "--help");
        var readme = await File.ReadAllTextAsync(ReadmeFile(), cancellationToken);

        Assert.That(exitCode, Is.Zero);
        Assert.That(ReadmeOption().Matches(readme).Select(match => match.Groups[1].Value),
            Is.EqualTo(HelpOption().Matches(help).Select(match => match.Groups[1].Value)));
    }

    private static string ReadmeFile()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tests.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "TargetServer", "README.md");
    }

    [GeneratedRegex(@"^  (--\S.*)$", RegexOptions.Multiline)]
    private static partial Regex HelpOption();

    [GeneratedRegex(@"^\| `(--[^`]+)`", RegexOptions.Multiline)]
    private static partial Regex ReadmeOption();
}
