using System.Diagnostics;
using NUnit.Framework;
using Support.Settings;
using Support.Sizes;
using Support.Tests.Reports;
using Support.Tests.Targets;

namespace Support.Tests.Sizes;

internal sealed class DefinitionPairReaderTests
{
    private static string Text(int cpu) => $$"""
        { "family": "chat", "cpu": "{{cpu}}", "memory": "2048", "containerDefinitions": [{ "name": "chat", "image": "chat:1" }] }
        """;

    [Test]
    public async Task Before_the_change_is_a_file_or_the_same_file_at_a_revision()
    {
        using var repository = new TemporaryFolder();
        await CommitAsync(repository.Root);
        var old = Path.Combine(repository.Root, "old.json");
        await File.WriteAllTextAsync(old, Text(2048));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await ReadAsync(repository.Root, "HEAD")).Before!.Reading.Definition!.Cpu, Is.EqualTo(1024));
            Assert.That(
                (await ReadAsync(repository.Root, "HEAD")).Definition!.Reading.Definition!.Cpu, Is.EqualTo(512));
            Assert.That((await ReadAsync(repository.Root, old)).Before!.Reading.Definition!.Cpu, Is.EqualTo(2048));
            Assert.That(
                (await ReadAsync(repository.Root, "old.json")).Before!.Reading.Definition!.Cpu, Is.EqualTo(2048));
        }
    }

    [TestCase("no-such-branch", "git knows no revision 'no-such-branch' here", "fetch-depth: 0")]
    [TestCase("--output=stolen", "a revision does not begin with '-' and has no ':'", "Name a file, or a revision")]
    [TestCase("HEAD:task.json", "a revision does not begin with '-' and has no ':'", "Name a file, or a revision")]
    public async Task A_revision_that_has_no_answer_is_named_with_what_to_do(string before, string why, string next)
    {
        using var repository = new TemporaryFolder();
        await CommitAsync(repository.Root);
        var problem = (await ReadAsync(repository.Root, before)).Before!.Problems.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem, Does.StartWith($"Gate.TaskDefinitionBefore is '{before}': there is no such file "
                + $"({Path.Combine(repository.Root, before)}), and as a git revision it has no answer: {why}."));
            Assert.That(problem, Does.Contain(next));
            Assert.That(Directory.GetFiles(repository.Root, "*stolen*"), Is.Empty);
        }
    }

    [Test]
    public async Task A_definition_that_the_revision_does_not_have_is_new_and_compared_with_nothing()
    {
        using var repository = new TemporaryFolder();
        await CommitAsync(repository.Root);
        var pair = await ReadAsync(repository.Root, "HEAD~1");
        var plan = Given.Plan(pair);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pair.Before, Is.Null);
            Assert.That(plan.Problems, Is.Empty);
            Assert.That(plan.Cases.Select(one => one.Label), Is.EqualTo(["512/2048"]));
            Assert.That(
                plan.Findings.Single(finding => finding.Id == "Sizes.NewDefinition").Actual,
                Is.EqualTo("task.json is not in revision 'HEAD~1'"));
        }
    }

    [Test]
    public async Task A_file_of_more_than_a_mebibyte_is_not_read_to_its_end()
    {
        using var repository = new TemporaryFolder();
        await CommitAsync(repository.Root);
        await File.WriteAllTextAsync(
            Path.Combine(repository.Root, "task.json"), Text(512) + new string(' ', 1_100_000));
        await GitAsync(repository.Root, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "-a",
            "-m", "large");
        await File.WriteAllTextAsync(Path.Combine(repository.Root, "task.json"), Text(512));

        Assert.That(
            (await ReadAsync(repository.Root, "HEAD")).Before!.Problems.Single(),
            Does.Contain("the file has more than 1 MiB there; allowed: at most that"));
    }

    [Test]
    public async Task Outside_of_a_repository_there_is_no_revision()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "task.json"), Text(512));

        Assert.That(
            (await ReadAsync(folder.Root, "HEAD")).Before!.Problems.Single(),
            Does.Contain($"{folder.Root} is in no git repository."));
    }

    [Test]
    public async Task No_program_that_a_repository_names_is_run()
    {
        using var origin = new TemporaryFolder();
        await CommitAsync(origin.Root);
        await GitAsync(origin.Root, "config", "uploadpack.allowFilter", "true");
        using var clone = new TemporaryFolder();
        await GitAsync(
            clone.Root, "clone", "--quiet", "--no-checkout", "--filter=blob:none", $"file://{origin.Root}", ".");
        await File.WriteAllTextAsync(Path.Combine(clone.Root, "task.json"), Text(512));
        var ran = Path.Combine(clone.Root, "ran");
        var program = Path.Combine(clone.Root, "program");
        ShellScript.Write(program, $"#!/bin/sh\necho \"$0 $*\" >>{ran}\ncat\n");
        foreach (var name in (string[])["remote.origin.uploadpack", "core.fsmonitor", "core.pager", "pager.show",
            "core.sshCommand", "diff.one.textconv", "diff.external", "filter.one.smudge", "gpg.program"])
            await GitAsync(clone.Root, "config", name, program);
        await GitAsync(clone.Root, "config", "log.showSignature", "true");
        await File.WriteAllTextAsync(Path.Combine(clone.Root, ".gitattributes"), "* diff=one filter=one\n");

        var lacking = (await ReadAsync(clone.Root, "HEAD")).Before!.Problems.Single();
        var isNew = (await ReadAsync(clone.Root, "HEAD~1")).Before is null;
        var isUnknown = (await ReadAsync(clone.Root, "nothing")).Before!.Problems.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lacking, Does.Contain("partial clone"));
            Assert.That(isNew, Is.True);
            Assert.That(isUnknown, Does.Contain("no revision"));
            Assert.That(File.Exists(ran) ? await File.ReadAllTextAsync(ran) : "", Is.Empty);
        }
    }

    [TestCase("fatal: detected dubious ownership in repository at '/src/my app'\n"
        + "To add an exception for this directory, call:\n")]
    [TestCase("fatal: unsafe repository ('/src/my app' is owned by someone else)\n"
        + "To add an exception for this directory, call:\n")]
    public void A_repository_of_another_user_is_named_by_its_top(string said)
    {
        var shown = GitFile.Failed(said, "HEAD", "/src/my app/deploy/task.json");

        Assert.That((shown.Problem, shown.Next), Is.EqualTo((
            "git does not trust /src/my app, which belongs to another user",
            "Run, as the user who runs the suite: git config --global --add safe.directory '/src/my app'")));
    }

    [Test]
    public async Task A_file_that_cannot_be_read_names_its_own_setting()
    {
        using var folder = new TemporaryFolder();
        var missing = (await ReadAsync(folder.Root, null)).Definition!.Problems.Single();
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "task.json"), "{");
        var garbage = (await ReadAsync(folder.Root, null)).Definition!.Problems.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(missing, Does.StartWith("Gate.TaskDefinition is '").And.Contains("it cannot be read: ").And
                .EndWith("in Gate.TaskDefinition (CAPACITY_GATE_TASKDEFINITION), or leave the setting out."));
            Assert.That(garbage, Does.Contain("no JSON at line 1"));
        }
    }

    [Test]
    public async Task Nothing_is_read_where_nothing_is_named() =>
        Assert.That(
            await DefinitionPairReader.ReadAsync(new(), "/", TimeProvider.System, CancellationToken.None),
            Is.EqualTo(DefinitionPair.None));

    private static Task<DefinitionPair> ReadAsync(string folder, string? before) => DefinitionPairReader.ReadAsync(
        new GateSettings { TaskDefinition = Path.Combine(folder, "task.json"), TaskDefinitionBefore = before }, folder,
        TimeProvider.System, CancellationToken.None);

    // Two commits: without the file, and with 1,024 units; the working copy has 512.
    private static async Task CommitAsync(string folder)
    {
        await GitAsync(folder, "init", "--quiet");
        await GitAsync(folder, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet",
            "--allow-empty", "-m", "none");
        await File.WriteAllTextAsync(Path.Combine(folder, "task.json"), Text(1024));
        await GitAsync(folder, "add", "task.json");
        await GitAsync(folder, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "task");
        await File.WriteAllTextAsync(Path.Combine(folder, "task.json"), Text(512));
    }

    private static async Task GitAsync(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments]))!;
        await git.WaitForExitAsync();
        Assert.That(git.ExitCode, Is.Zero);
    }
}
