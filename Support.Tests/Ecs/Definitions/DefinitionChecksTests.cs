using System.Globalization;
using System.Text;
using NUnit.Framework;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Reports;
using Support.Settings;
using Support.Tests.Docs;

namespace Support.Tests.Ecs.Definitions;

[TestFixture]
internal sealed class DefinitionChecksTests
{
    private static readonly string[] Scopes = ["TaskDefinition", "Task", "Service"];

    [Test]
    public void Ids_and_titles_are_unique_short_and_facts()
    {
        var checks = Scopes.SelectMany(scope => DefinitionChecks.For(scope, NotAsked, Definitions.Suite)).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(checks, Has.Length.EqualTo(3 * (1 + DefinitionRules.All.Length)));
            Assert.That(
                checks.Select(check => check.Id),
                Is.Unique.And.All.Match("^(TaskDefinition|Task|Service)\\.[A-Z][A-Za-z]+$"));
            Assert.That(
                checks.Select(check => check.Title), Is.Unique.And.All.Match("^(File|Task|Service): .{10,62}$"));
            Assert.That(checks.Select(check => check.Title.Length), Has.All.LessThanOrEqualTo(70));
        }
    }

    [Test]
    public async Task The_definition_is_read_once_for_all_checks()
    {
        var reads = 0;
        var checks = DefinitionChecks.For(
            "Task",
            _ => Task.FromResult(TaskDefinitionParser.Parse(++reads == 1 ? Definitions.Good : "")),
            Definitions.Suite);

        var found = await Task.WhenAll(checks.Select(check => check.RunAsync(CancellationToken.None)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reads, Is.EqualTo(1));
            Assert.That(
                found.Select(finding => finding.Outcome),
                Has.All.AnyOf(CheckOutcome.Passed, CheckOutcome.NotApplicable));
        }
    }

    [Test]
    public async Task A_reading_that_failed_is_tried_again_and_is_a_warning()
    {
        var reads = 0;
        var checks = DefinitionChecks.For("Task", _ => ++reads == 1
            ? Task.FromException<TaskDefinitionReading>(new IOException("gone"))
            : Task.FromResult(TaskDefinitionParser.Parse(Definitions.Good)), Definitions.Suite);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await checks[0].RunAsync(CancellationToken.None)).Outcome, Is.EqualTo(CheckOutcome.Warning));
            Assert.That((await checks[0].RunAsync(CancellationToken.None)).Outcome, Is.EqualTo(CheckOutcome.Passed));
        }
    }

    [Test]
    public async Task What_may_not_be_read_is_said_once_and_asked_of_no_rule()
    {
        var none = TaskDefinitionReading.None(
            CheckOutcome.Warning, "not allowed to read it", "Grant ecs:DescribeTaskDefinition.");
        var found = new List<Finding>();
        foreach (var check in DefinitionChecks.For("Service", _ => Task.FromResult(none), Definitions.Server))
            found.Add(await check.RunAsync(CancellationToken.None));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (found[0].Outcome, found[0].Actual, found[0].Next),
                Is.EqualTo((CheckOutcome.Warning, "not allowed to read it", "Grant ecs:DescribeTaskDefinition.")));
            Assert.That(
                found.Skip(1).Select(finding => (finding.Outcome, finding.Actual)),
                Has.All.EqualTo((CheckOutcome.NotApplicable, "there is none to check: see Service.Shape")));
        }
    }

    [Test]
    public async Task A_file_is_read_with_its_byte_order_mark_and_a_missing_one_is_critical()
    {
        var folder = Directory.CreateTempSubdirectory("definition");
        try
        {
            var path = Path.Combine(folder.FullName, "a.json");
            await using (var stream = new FileStream(path, FileMode.Create, FileAccess.Write))
                await stream.WriteAsync(
                    Encoding.UTF8.Preamble.ToArray().Concat(Encoding.UTF8.GetBytes(Definitions.Good)).ToArray());

            var read = await TaskDefinitionFile.ReadAsync(path, CancellationToken.None);
            var shape = DefinitionChecks.For("TaskDefinition", _ => Task.FromResult(read), Definitions.Server)[0];
            var missing = await TaskDefinitionFile.ReadAsync(path + ".not", CancellationToken.None);
            var directory = await TaskDefinitionFile.ReadAsync(folder.FullName, CancellationToken.None);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(read.Definition?.Family, Is.EqualTo("websocket-capacity"));
                Assert.That((await shape.RunAsync(CancellationToken.None)).Actual, Does.StartWith($"{path}: "));
                Assert.That(read.Problems.Single().Text, Does.Contain("byte order mark"));
                Assert.That(
                    (missing.Definition, missing.Problems.Single().Outcome),
                    Is.EqualTo(((TaskDefinition?)null, CheckOutcome.Critical)));
                Assert.That(missing.Problems.Single().Next, Does.Contain("Aws.TaskDefinition"));
                Assert.That(directory.Definition, Is.Null);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void The_page_of_rules_is_that_of_the_code() => Documents.AssertWritten("docs/task-definition.md", Render());

    private static string Render()
    {
        var page = new StringBuilder("""
            # Rules for task definitions

            The same rules check three definitions: a file (`Aws.TaskDefinition`, ids `TaskDefinition.…`), that of the task the suite runs in (`Task.…`) and that of
            the service under test (`Service.…`). Critical: ECS refuses it, or the task does not start. Warning: it costs connections or evidence. `Shape` comes first: whether
            the text can be read, names that `register-task-definition` refuses, values of a wrong type, each with line and column.

            This page is generated from the code.

            | id | rule | critical | warning | source |
            | --- | --- | --- | --- | --- |

            """.ReplaceLineEndings("\n"));
        foreach (var rule in DefinitionRules.All)
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{rule.Name}` | {rule.Title} | {Or(rule.Critical)} | {Or(rule.Warning)} | {rule.Source} |\n");
        return page.ToString();
    }

    private static string Or(string text) => text.Length == 0 ? "–" : text;

    private static Task<TaskDefinitionReading> NotAsked(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Making the list reads nothing.");
}
