using System.Text;
using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Settings;

/// <summary>A peer says what it was told, in every form that it may have made of it.</summary>
internal sealed class PeerTextTests
{
    private const string Query = "wss://ada:l0velace@a.test/chat?room=7&token=qu3ry+s3cret%2Fx%3D&b4reT0ken";
    private const string Marks = "%0a%41+=&\u202e";
    private const string Bearer = "eyJhbGciOi.b34r3rT0k3n.s1gnatur3";

    private static readonly PeerText Peer = new(new(Query),
    [
        new("Authorization", $"Bearer {Bearer}"),
        new("Proxy-Authorization", "Basic " + Base64("grace:h0pper!")),
        new("Cookie", "session=c00kie; theme=dark; session2=0therC00kie"),
        new("X-Key", "k3y with=spaces%and"),
        new("Origin", "https://origin.test"),
        new("X-Short", "abc"),
    ]);

    // What is secret in them: as a whole, and in parts.
    private static readonly string[] Secrets =
    [
        "l0velace", "ada:l0velace", "qu3ry s3cret/x=", "b4reT0ken", Bearer, "b34r3rT0k3n", "grace:h0pper!", "h0pper!",
        "grace", "c00kie", "0therC00kie", "k3y with=spaces%and", "spaces%and",
    ];

    private static readonly (string Name, Func<string, string> Form)[] Forms =
    [
        ("plain", secret => secret),
        ("upper case", secret => secret.ToUpperInvariant()),
        ("percent-encoded", Uri.EscapeDataString),
        ("in lower case", secret => Uri.EscapeDataString(secret).Replace("%2F", "%2f", StringComparison.Ordinal)),
        ("as a form's field", secret => Uri.EscapeDataString(secret).Replace("%20", "+", StringComparison.Ordinal)),
        ("every character encoded", Percent),
        ("encoded twice", secret => Uri.EscapeDataString(Percent(secret))),
        ("base64", Base64),
        ("base64 behind one byte", secret => Base64("a" + secret)),
        ("base64 in the middle", secret => Base64("a: " + secret + "; b")),
        ("base64url", secret => Base64("??" + secret).Replace('/', '_').Replace('+', '-')),
        ("base64 in a query", secret => Uri.EscapeDataString(Base64(secret))),
    ];

    private static IEnumerable<TestCaseData> All() => Secrets.SelectMany(secret => Forms.Select(form =>
        new TestCaseData(form.Form(secret)).SetName($"{{m}}({secret}, {form.Name})")));

    [TestCaseSource(nameof(All))]
    public void A_secret_is_hidden_in_every_form(string sent)
    {
        var told = Peer.Quote($"no [{sent}] here");

        // What base64 has of a neighbour may stay: less than a byte of the secret at each end.
        var inner = sent.TrimEnd('=')[1..^1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Does.Contain("***").And.StartsWith("no [").And.EndsWith("] here"));
            Assert.That(told, Does.Not.Contain(inner).IgnoreCase);
            Assert.That(told, Has.Length.LessThan("no [***] here".Length + 12));
        }
    }

    [Test]
    public void A_secret_that_was_cut_off_anywhere_leaves_no_more_than_its_first_three_characters()
    {
        for (var length = PeerText.LeastSecret; length < Bearer.Length; length++)
            Assert.That(Peer.Quote($"bad: {Bearer[..length]}"), Is.EqualTo("bad: ***"));
    }

    [TestCase("GET /chat?room=7 HTTP/1.1", ExpectedResult = "…")]
    [TestCase("you said: GET /chat?x=1\r\nHost: a.test", ExpectedResult = "you said: …")]
    public string The_own_request_is_not_repeated(string said) => Peer.Quote(said);

    [TestCase("xx b34r3rT0… yy", ExpectedResult = "xx ***… yy")]
    [TestCase("xx …T0k3n.s1gn… yy", ExpectedResult = "xx …***… yy")]
    public string A_piece_of_a_secret_is_hidden(string said) => Peer.Quote(said);

    [TestCase("abc in about every word: abcdef")]
    [TestCase("7 rooms")]
    [TestCase("Bearer and Basic are schemes, session is a name, https://elsewhere.test/ a place")]
    public void What_is_no_secret_stays(string said) => Assert.That(Peer.Quote(said), Is.EqualTo(said));

    [TestCase("a\u202eb\u2066c\u200bd\ufeff", ExpectedResult = "abcd")]
    [TestCase("a\u001b[31mb\nc\u0000d\u2028e", ExpectedResult = "a [31mb c d e")]
    [TestCase("c0\u200b0k\u202eie", ExpectedResult = "***")]
    public string What_steers_a_terminal_or_reorders_a_text_goes(string said) => Peer.Quote(said);

    // No test case: half a character does not outlive an attribute.
    [Test]
    public void Half_a_character_and_one_that_is_none_are_replaced() =>
        Assert.That(Peer.Quote(" \ud83d x \uffff "), Is.EqualTo("\ufffd x \ufffd"));

    [Test]
    public void A_long_text_is_cut_and_no_secret_with_it()
    {
        for (var before = 150; before < 220; before++)
        {
            var told = Peer.Quote(new string('.', before) + Bearer + new string('.', 100));
            Assert.That(told, Has.Length.LessThanOrEqualTo(201).And.Not.Contain("ey"));
        }
    }

    [Test]
    public void A_pair_of_surrogates_is_not_cut_in_two() =>
        Assert.That(
            Peer.Quote("." + string.Concat(Enumerable.Repeat("\U0001F600", 150))).Where(char.IsSurrogate).Count(),
            Is.EqualTo(198));

    [Test]
    public void Nothing_that_a_peer_says_throws()
    {
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            var said = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => Any(random))]);
            Assert.That(() => Peer.Quote(said), Throws.Nothing, said);
        }
    }

    private static char Any(Random random) => random.Next(4) switch
    {
        0 => Marks[random.Next(Marks.Length)],
        1 => (char)random.Next(0x10000),
        _ => Bearer[random.Next(Bearer.Length)],
    };

    private static string Percent(string text) =>
        string.Concat(Encoding.UTF8.GetBytes(text).Select(value => $"%{value:x2}"));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
