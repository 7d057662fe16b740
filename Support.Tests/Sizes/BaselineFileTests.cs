using System.Globalization;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Support.Sizes;
using Support.Tests.Reports;

namespace Support.Tests.Sizes;

internal sealed class BaselineFileTests
{
    private static readonly SizeEvidence Three = Given.Of(
        DefinitionPair.None, Given.Named(Given.Large, Given.Small, Given.Middle),
        [.. Given.Runs(Given.Small, 200, 210, 205), .. Given.Runs(
            Given.Middle, 980, 975, 985), .. Given.Runs(Given.Large, 2000, 2000, 2000)]);

    [Test]
    public void What_is_written_is_read_again()
    {
        var read = BaselineFileParser.Parse(Three.Text(), "lock.json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Problem, Is.Null);
            Assert.That(read.File.Find(Given.Server, "512/1024"), Is.EqualTo(new BaselineEntry(
                new(975, 980, 985, false), 3, 975, 780, "memory", null,
                new("1.4.0", BaselineFile.Method, Given.Today, null, null, DeclaredLimits.Of(Given.Middle),
                    DeclaredLimits.Of(Given.Middle), "Model A", "6.1.0", 3), null, 1.5)));
            Assert.That(
                BaselineFileParser.Parse(
                    Three.Text().Replace("\"throttledShare\"", "\"b\"", StringComparison.Ordinal)
                        .Replace("\"startSeconds\"", "\"a\"", StringComparison.Ordinal),
                    "lock.json").File.Find(Given.Server, "512/1024")?.StartSeconds,
                Is.Null,
                "a file of before");
            Assert.That(read.File.Find(Given.Server, "2048/4096"), Is.Null);
            Assert.That(read.File.Find("another", "512/1024"), Is.Null);
        }
    }

    [Test]
    public void The_same_numbers_give_the_same_bytes_and_one_size_changes_its_lines_alone()
    {
        var first = Three.Text();
        var again = Three.After(Three).Text();
        var other = (Three with { Runs = [.. Three.Runs.Where(run => run.Label == "512/1024")
            .Select(run => run.But(verdict => verdict with { Exact = new(900, 901) }))] }).After(Three).Text();
        var (lines, changed) = (first.Split('\n'), other.Split('\n'));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(changed, Has.Length.EqualTo(lines.Length));
            Assert.That(
                lines.Zip(changed).Where(pair => pair.First != pair.Second).Select(pair => pair.Second.Trim()),
                Is.EqualTo(
                    ["\"low\": 900,", "\"median\": 900,", "\"high\": 900,", "\"spread\": 0", "\"safeLimit\": 720,"]));
        }
    }

    [Test]
    public void Servers_stand_by_name_and_sizes_by_cpu_and_memory_and_the_file_ends_with_a_line_feed()
    {
        var text = (Three with { Server = "a server" }).After(Three).Text();
        int[] places = [.. new[]
        {
            "\"a server\"",
            "\"256/512\"",
            "\"512/1024\"",
            "\"1024/2048\"",
            "\"node server.js\"",
        }.Select(key => text.IndexOf(key, StringComparison.Ordinal))];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(places, Is.Ordered.And.All.Positive);
            Assert.That(text, Does.EndWith("}\n").And.Not.Contains("\r"));
        }
    }

    [Test]
    public void A_command_is_written_as_it_was_typed() =>
        Assert.That(
            (Three with { Server = "PORT=1 node 'a b.js' && true <x> + é" }).Text(),
            Does.Contain("\"PORT=1 node 'a b.js' && true <x> + é\": {"));

    [Test]
    public void Keys_that_nobody_knows_and_sizes_that_were_not_measured_stay()
    {
        var text = Three.Text()
            .Replace("\"schemaVersion\": 1,", "\"schemaVersion\": 1,\n  \"note\": \"ours\",", StringComparison.Ordinal);
        var small = Three with
        {
            Runs = [.. Three.Runs.Where(run => run.Label == "256/512")],
            Lock = BaselineFileParser.Parse(text, "lock.json"),
        };

        Assert.That(small.Text(), Is.EqualTo(text));
    }

    [Test]
    public void Nothing_depends_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
            Assert.That(Three.Text(), Does.Contain("\"measured\": \"2026-04-01\""));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestCase("", "line 1: ")]
    [TestCase("[]", "no whole number as \"schemaVersion\"")]
    [TestCase("{ \"servers\": {} }", "no whole number as \"schemaVersion\"")]
    [TestCase("{\n\"schemaVersion\": 2 }", "line 2: schemaVersion is 2; allowed: 1. It is left as it is. It was "
        + "written by a newer suite: update this one.")]
    [TestCase("{\n\"schemaVersion\": 1,\n<<<<<<< HEAD\n", "line 3: ")]
    [TestCase("{\n\"schemaVersion\": 1,\n\"servers\": { \"a\":\n{ \"256/512\": { \"limit\": 3 } } } }", "line 4: ")]
    [TestCase("{\n\"schemaVersion\": 1,\n\"schemaVersion\": 1,\n\"servers\": {} }", "schemaVersion")]
    [TestCase("{\n\"schemaVersion\": 1 }", "servers")]
    public void A_file_that_cannot_be_used_is_named_with_its_line_and_never_written(string text, string problem)
    {
        var evidence =
            Three with
            {
                Lock = BaselineFileParser.Parse(text, "the.lock.json"),
                Gate = Three.Gate with { Accept = true },
            };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                evidence.Judged().Missed.Single(),
                Does.StartWith("Gate.LockFile is the.lock.json, and it cannot be used: ").And.Contains(problem));
            Assert.That(SizeGate.Accepted(evidence), Is.Null);
        }
    }

    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("-1")]
    [TestCase("{}")]
    [TestCase("\"\"")]
    [TestCase("1e400")]
    [TestCase("99999999999")]
    public void Whatever_value_is_damaged_the_answer_is_a_problem_or_a_reading_that_can_be_judged(string value)
    {
        var text = Three.Text();
        var places = Places(JsonNode.Parse(text)!, []).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(places, Has.Count.GreaterThan(90));
            foreach (var place in places)
            {
                var root = JsonNode.Parse(text)!;
                var parent = place[..^1].Aggregate(root, (node, key) => node[key]!);
                parent[place[^1]] = "damaged";
                var damaged = root.ToJsonString().Replace("\"damaged\"", value, StringComparison.Ordinal);
                Assert.That(
                    () => (Three with { Lock = BaselineFileParser.Parse(damaged, "lock.json") }).Accepting(3).Judged(),
                    Throws.Nothing,
                    string.Join('.', place));
            }
        }
    }

    [TestCase(
        "{ \"schemaVersion\": 1,\n\"servers\": { \"embedded\": null } }", "line 2: 'embedded' has no sizes: null")]
    [TestCase(
        "{ \"schemaVersion\": 1, \"servers\": { \"embedded\": {\n\"256/512\": null } } }",
        "line 2: of 'embedded' at 256/512, there is no entry: null")]
    public void Nothing_in_the_place_of_an_entry_is_damage(string text, string problem) =>
        Assert.That(BaselineFileParser.Parse(text, "lock.json").Problem, Does.Contain(problem));

    [Test]
    public void A_safe_limit_above_the_limit_is_damage() => Assert.That(
        BaselineFileParser.Parse(
            Three.Text().Replace("\"safeLimit\": 780", "\"safeLimit\": 986", StringComparison.Ordinal),
            "lock.json").Problem,
        Does.Contain("of 'node server.js' at 512/1024, low ≤ median ≤ high, a safeLimit of at most high"));

    private static IEnumerable<string[]> Places(
        JsonNode node, string[] above) => node is not JsonObject values ? [] : values.SelectMany(pair =>
        (IEnumerable<string[]>)[
            [.. above, pair.Key],
            .. pair.Value is null ? [] : Places(pair.Value, [.. above, pair.Key]),
        ]);

    [Test]
    public void Numbers_that_cannot_be_are_a_problem_with_their_line()
    {
        var text = Three.Text().Replace("\"low\": 975", "\"low\": 9750", StringComparison.Ordinal);
        var line = text[..text.IndexOf("\"512/1024\"", StringComparison.Ordinal)].Count(one => one == '\n') + 1;

        Assert.That(
            BaselineFileParser.Parse(text, "lock.json").Problem,
            Does.Contain($"line {line}: of 'node server.js' at 512/1024, low ≤ median ≤ high,"));
    }

    [Test]
    public async Task No_file_is_no_problem_and_a_folder_is_one()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Root, "capacity.lock.json");
        var none = await BaselineFileReader.ReadAsync(path, CancellationToken.None);
        await File.WriteAllTextAsync(path, Three.Text());
        var some = await BaselineFileReader.ReadAsync(path, CancellationToken.None);
        var bad = await BaselineFileReader.ReadAsync(folder.Root, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(none, Is.EqualTo(BaselineReading.None));
            Assert.That(some.File.Source, Is.EqualTo(Three.Text()));
            Assert.That(bad.Problem, Does.StartWith($"Gate.LockFile is {folder.Root}, and it cannot be used"));
        }
    }
}
