using System.Text;
using System.Text.Unicode;
using NUnit.Framework;
using Support.Pool;

namespace Support.Tests.Pool;

internal sealed class Utf8CheckerTests
{
    [Test]
    public void Every_character_of_Unicode_is_accepted_whole_and_byte_by_byte()
    {
        var bytes = new byte[4];
        var refused = new List<int>();
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.IsValid(value))
                continue;
            var length = new Rune(value).EncodeToUtf8(bytes);
            if (!IsWhole(bytes.AsSpan(0, length)) || !IsWholeByteByByte(bytes.AsSpan(0, length)))
                refused.Add(value);
        }

        Assert.That(refused, Is.Empty);
    }

    [Test]
    public void Two_and_three_bytes_of_every_kind_are_judged_as_by_DotNet()
    {
        byte[] thirds = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF];
        var different = new List<string>();
        for (var lead = 0; lead < 256; lead++)
        {
            for (var second = 0; second < 256; second++)
            {
                Compare([(byte)lead, (byte)second], different);
                foreach (var third in thirds)
                    Compare([(byte)lead, (byte)second, third], different);
            }
        }

        Assert.That(different, Is.Empty);
    }

    [TestCase("F0 90 80 80", true, Description = "U+10000, the first of four bytes")]
    [TestCase("F4 8F BF BF", true, Description = "U+10FFFF, the last")]
    [TestCase("F4 90 80 80", false, Description = "U+110000, beyond the last")]
    [TestCase("F0 8F BF BF", false, Description = "U+FFFF in four bytes: overlong")]
    [TestCase("E0 9F BF", false, Description = "U+07FF in three bytes: overlong")]
    [TestCase("C1 BF", false, Description = "U+007F in two bytes: overlong")]
    [TestCase("ED 9F BF", true, Description = "U+D7FF, below the surrogates")]
    [TestCase("ED A0 80", false, Description = "U+D800, a surrogate")]
    [TestCase("ED BF BF", false, Description = "U+DFFF, a surrogate")]
    [TestCase("EE 80 80", true, Description = "U+E000, above the surrogates")]
    [TestCase("F5 80 80 80", false, Description = "no such lead byte")]
    [TestCase("80", false, Description = "a continuation byte alone")]
    [TestCase("E2 82", false, Description = "cut off")]
    [TestCase("", true, Description = "nothing")]
    public void A_boundary_is_judged_as_the_standard_says(string hex, bool good)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(IsWhole(bytes), Is.EqualTo(good));
            Assert.That(IsWholeByteByByte(bytes), Is.EqualTo(good));
            Assert.That(Utf8.IsValid(bytes), Is.EqualTo(good), "what .NET says");
        }
    }

    [Test]
    public void Random_bytes_in_random_pieces_are_judged_as_by_DotNet()
    {
        var random = new Random(6455);
        var different = new List<string>();
        var good = 0;
        for (var round = 0; round < 200_000; round++)
        {
            var bytes = RandomText(random);
            good += Utf8.IsValid(bytes) ? 1 : 0;
            if (IsWholeInPieces(bytes, random) != Utf8.IsValid(bytes))
                different.Add(Convert.ToHexString(bytes));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(different, Is.Empty);
            Assert.That(
                good, Is.InRange(20_000, 180_000), "both answers have to be common, or the comparison says little");
        }
    }

    // Real characters, in one of two rounds with one byte changed or cut.
    private static byte[] RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            var (from, to) = random.Next(4) switch { 0 =>
                (0, 0x80), 1 => (0x80, 0x800), 2 => (0x800, 0xD800), _ => (0x10000, 0x110000) };
            text.Append(new Rune(random.Next(from, to)));
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (random.Next(2) == 0)
            return bytes;
        bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes[..random.Next(1, bytes.Length + 1)];
    }

    private static void Compare(byte[] bytes, List<string> different)
    {
        if (IsWhole(bytes) != Utf8.IsValid(bytes))
            different.Add(Convert.ToHexString(bytes));
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        var checker = default(Utf8Checker);
        return checker.Take(bytes) && checker.AtCharacterEnd;
    }

    private static bool IsWholeByteByByte(ReadOnlySpan<byte> bytes)
    {
        var checker = default(Utf8Checker);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (!checker.Take(bytes.Slice(i, 1)))
                return false;
        }

        return checker.AtCharacterEnd;
    }

    private static bool IsWholeInPieces(ReadOnlySpan<byte> bytes, Random random)
    {
        var checker = default(Utf8Checker);
        while (!bytes.IsEmpty)
        {
            var take = random.Next(0, bytes.Length + 1);
            if (!checker.Take(bytes[..take]))
                return false;
            bytes = bytes[take..];
        }

        return checker.AtCharacterEnd;
    }
}
