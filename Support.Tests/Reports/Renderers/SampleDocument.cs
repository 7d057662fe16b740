using System.Globalization;
using Support.Reports.Documents;

namespace Support.Tests.Reports.Renderers;

/// <summary>Documents that have every block and every kind of chart.</summary>
internal static class SampleDocument
{
    private static readonly int[] Attempted = [100, 200, 500, 750, 1000];
    private static readonly int[] Held = [100, 200, 500, 730, 730];

    /// <summary>As of a run that found a limit.</summary>
    internal static Document Whole { get; } =
        new(
            "PASSED: connection limit found: 730",
            [
                new Block.Heading(1, "WebSocket capacity"),
                new Block.Paragraph(Text.Code("ws://127.0.0.1:18080/")),
                new Block.Paragraph("2026-11-15 20:36:04 UTC"),
                new Block.Banner(Tone.Good, "PASSED", "Connection limit found: 730"),
                Summary,
                new Block.Callout(
                    Tone.Warning,
                    (Text)"The machine has "
                        + Text.Strong("2 cores")
                        + " only: see "
                        + Text.Link("the checks", "#checks")
                        + "."),
                new Block.Picture(Ladder),
                new Block.Heading(2, "Steps", "steps"),
                new Block.Paragraph("Each step opens so many connections, holds them, and pings each of them."),
                new Block.Picture(Latency),
                new Block.Picture(Memory),
                Steps,
                new Block.Heading(2, "Failures"),
                new Block.Picture(Failures),
                new Block.Heading(2, "Task sizes"),
                new Block.Picture(Sizes),
                new Block.Picture(Service),
                new Block.Picture(Nothing),
                new Block.Heading(2, "Checks", "checks"),
                Checks,
                new Block.Heading(3, "What to do"),
                new Block.Bullets(
                    ["Raise the server's connection limit.", (Text)"Set " + Text.Code("CAPACITY_TARGET_URL") + "."],
                    IsNumbered: true),
                new Block.Bullets(["One fact.", "Another."]),
                new Block.Callout(Tone.Bad, "The server refused 270 connections."),
                new Block.Callout(Tone.Good, "The self-test passed."),
                new Block.Callout(Tone.Neutral, "Nothing else was running."),
                new Block.Details(
                    "Settings of the run, 2 of 60",
                    [
                        new Block.Paragraph("Those that differ from their default."),
                        new Block.Code("export CAPACITY_GATE_REQUIREDCONNECTIONS=500\ndotnet test", "sh"),
                    ]),
                new Block.Details("Nothing in it", []),
                new Block.Appendix(
                    "Details",
                    [new Block.Heading(2, "Run"), new Block.Figures([new("Version", "1.0.0")])]),
            ]);

    private static Block.Figures Summary =>
        new([
            new("Max connections", "730", "each answered a ping after 1 s", Tone.Good, IsKey: true),
            new("Recommended max", "584", "80 % of the limit", IsKey: true),
            new("Limited by", "HTTP 503 from connection 731 on", "the server's own cap", IsKey: true),
            new("Tasks needed", "18", "for 10,000 connections", IsKey: true),
            new("Connect time", "p50 79 ms, p99 191 ms", "at 1,000 attempted"),
            new("Errors", "270 x HTTP 503", "at 1,000 attempted", Tone.Warning),
            new("Required", "not set", Text.Code("CAPACITY_GATE_REQUIREDCONNECTIONS")),
            new("Next", "raise the server's connection limit, then run again"),
            new("Report", Text.Code("reports/latest/capacity.html")),
        ]);

    private static LineChart Ladder =>
        new(
            "Connections held, by connections attempted",
            "Every connection is held up to 500 attempted; from 750 on 730 are.",
            new("connections attempted"),
            new("connections held"),
            [
                new("attempted", [.. Attempted.Select(count => new Point(count, count, ""))], 1, HasPoints: false),
                new(
                    "held",
                    [
                        .. Attempted.Zip(Held, (all, held) =>
                            new Point(
                                all,
                                held,
                                $"{Count(all)} attempted: {Count(held)} held",
                                held == all ? Tone.Good : Tone.Bad)),
                    ]),
            ])
        {
            Marks =
            [
                new(584, "recommended max 584"),
                new(730, "limit 730", Tone: Tone.Bad),
                new(740, "first refused", IsVertical: true),
                new(730, "last good probe", IsVertical: true, Tone: Tone.Good),
            ],
            Note = "✗: fewer than 99 % were held.",
        };

    private static LineChart Latency =>
        new(
            "Time to connect",
            "The median is 79 ms and the 99th percentile 191 ms at 1,000.",
            new("connections attempted", IsLogarithmic: true),
            new("milliseconds", "ms", IsLogarithmic: true),
            [
                Percentile("p50", 0, 3.1, 6.4, 20, 60, 79),
                Percentile("p95", 1, 8, 14, 44, 120, 160),
                Percentile("p99", 2, 12, 20, 66, 160, 191),
                Percentile("slowest", 3, 14, 30, 80, 190, 1250),
            ]);

    private static LineChart Memory =>
        new(
            "Memory of the server",
            "Each connection adds 12 KiB.",
            new("connections held"),
            new("MiB"),
            [
                new(
                    "server",
                    [
                        new(0, 40, "none: 40 MiB"),
                        new(100, 41.3, "100: 41.3 MiB"),
                        new(500, 45.8, "500: 45.8 MiB"),
                        new(730, 48.6, "730: 48.6 MiB"),
                    ],
                    HasLine: false),
                new("fit: 12 KiB per connection", [new(0, 40, ""), new(730, 48.55, "")], 0, HasPoints: false),
            ]);

    private static BarChart Failures =>
        new(
            "Failures by class",
            "270 of 1,000 were refused with 503.",
            new("failed connections"),
            [
                new("750 attempted", [new("refused: HTTP 503", 20, "refused: 20", 0)]),
                new(
                    "1,000 attempted",
                    [
                        new("refused: HTTP 503", 200, "refused: 200", 0),
                        new("timeout", 50, "timeout: 50", 1),
                        new("reset", 20, "reset: 20", 2),
                    ])
                {
                    Tone = Tone.Bad,
                },
            ]);

    private static BarChart Sizes =>
        new(
            "What each task size holds",
            "256/512 holds 980, 512/1024 about 2,000.",
            new("connections"),
            [
                new("256 CPU units, 512 MiB", [new("measured", 980, "median of 3 runs: 980")])
                {
                    Interval = (940, 1010),
                    Tone = Tone.Bad,
                    Marks =
                    [
                        new("expected", 800, 1200, "expected: 800 to 1,200"),
                        new("safe limit", 784, 784, "safe limit: 784"),
                    ],
                },
                new("512 CPU units, 1,024 MiB", [new("measured", 2000, "at least 2,000")])
                {
                    IsLowerBound = true,
                    Text = "at least 2,000",
                    Tone = Tone.Good,
                    Marks =
                    [
                        new("expected", 1900, 2600, "expected: 1,900 to 2,600"),
                        new("safe limit", 1600, 1600, "safe limit: 1,600"),
                    ],
                },
                new("1024 CPU units, 2,048 MiB", []) { Text = "not measured", Tone = Tone.Skipped },
            ])
        {
            Marks = [new(1500, "required 1,500"), new(1600, "baseline 1,600")],
        };

    private static LineChart Service =>
        new(
            "CPU and memory of the service",
            "CPU reached 83 %.",
            new("minute (UTC)")
            {
                Ticks = [.. Enumerable.Range(0, 12).Select(minute => new Tick(minute, $"20:{36 + minute}"))],
            },
            new("share of what the tasks reserve", "%", Most: 100),
            [
                new(
                    "CPU",
                    [
                        .. Enumerable
                            .Range(0, 12)
                            .Select(minute => new Point(
                                minute,
                                minute is 5 or 6 ? double.NaN : 20 + (minute * 5.7),
                                $"20:{36 + minute} CPU")),
                    ]),
                new(
                    "memory",
                    [
                        .. Enumerable
                            .Range(0, 12)
                            .Select(minute => new Point(
                                minute,
                                31 + minute,
                                $"20:{36 + minute} memory {31 + minute} %")),
                    ],
                    1),
            ])
        {
            Marks = [new(80, "threshold 80 %", Tone: Tone.Warning)],
        };

    private static LineChart Nothing =>
        new("Messages", "None were sent.", new("x"), new("y"), []) { Note = "No message was sent." };

    private static Block.Table Steps =>
        new(
            [
                new("Attempted", true),
                new("Held", true),
                new("Success", true),
                new("p50 ms", true),
                new("p99 ms", true),
                new("Outcome"),
            ],
            [
                .. Attempted.Zip(Held, (all, held) =>
                    new Row(
                        [
                            Count(all),
                            Count(held),
                            Share(held, all),
                            "3.1",
                            "12.0",
                            held == all ? "reliable" : "unreliable",
                        ],
                        held == all ? Tone.Good : Tone.Bad)),
            ],
            "Steps of the ladder");

    private static Block.Table Checks =>
        new(
            [new("Check"), new("Found"), new("Next step")],
            [
                new(
                    [
                        "Open files",
                        "1,048,576 are allowed, which is enough for 20,000 connections on each side.",
                        Text.None,
                    ],
                    Tone.Good),
                new(
                    [
                        "Ephemeral ports",
                        "28,232 ports, of which 12 are in use.",
                        (Text)"Run " + Text.Code("sysctl -w net.ipv4.ip_local_port_range=\"1024 65535\"") + ".",
                    ],
                    Tone.Warning),
                new(["Sidecar", "Not in a task.", Text.None], Tone.Skipped),
            ]);

    private static Line Percentile(string name, int series, params double[] values) =>
        new(
            name,
            [.. Attempted.Zip(values, (count, value) => new Point(count, value, $"{Count(count)}: {name}"))],
            series);

    private static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(int part, int whole) =>
        (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
