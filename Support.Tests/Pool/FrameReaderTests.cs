using System.Buffers.Binary;
using System.Text;
using NUnit.Framework;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

internal sealed class FrameReaderTests
{
    private const int Seed = 13;

    [Test]
    public void Frames_give_the_same_events_however_the_bytes_are_cut()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 500; round++)
        {
            var (bytes, events) = RandomFrames(random);
            (string How, Func<int, int> Next)[] cuts =
                [
                    ("whole", _ => bytes.Length),
                    ("byte by byte", _ => 1),
                    ("in pieces", left => random.Next(0, left + 1)),
                ];
            foreach (var (how, next) in cuts)
            {
                // NUnit compares long lists in seconds: only what differs is left to it.
                if (Events(bytes, next) is var read && !read.SequenceEqual(events))
                    Assert.That(read, Is.EqualTo(events), $"round {round}, {how}");
            }
        }
    }

    [Test]
    public void Garbage_gives_the_same_events_however_it_is_cut()
    {
        var random = new Random(Seed);
        var violations = new HashSet<string>();
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(1, 60)];
            random.NextBytes(bytes);
            // Mostly legal first bytes, so that garbage gets further than the first check.
            bytes[0] = random.Next(3) == 0 ? bytes[0] : (byte)(0x80 | random.Next(11));
            var whole = Events(bytes, _ => bytes.Length);
            if (!whole.SequenceEqual(Events(bytes, _ => 1))
                || !whole.SequenceEqual(Events(bytes, left => random.Next(1, left + 1))))
                Assert.Fail($"round {round}: {Convert.ToHexString(bytes)}");
            violations.UnionWith(whole.Where(name => name.StartsWith("Violation", StringComparison.Ordinal)));
        }

        Assert.That(violations, Has.Count.GreaterThan(8), "garbage that never gets to a rule tests none");
    }

    [Test]
    public void After_a_violation_nothing_is_read_any_more()
    {
        var reader = default(FrameReader);
        ReadOnlySpan<byte> bytes = [0x83, 0x00, .. ServerFrame.Ping("x")];
        var first = reader.Read(ref bytes, out _);
        var left = bytes.Length;
        var second = reader.Read(ref bytes, out _);
        var leftThen = bytes.Length;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.EqualTo(FrameKind.Violation));
            Assert.That(second, Is.EqualTo(FrameKind.Violation));
            Assert.That(leftThen, Is.EqualTo(left));
        }
    }

    [Test]
    public void A_long_message_costs_no_memory_whatever_length_it_announces()
    {
        var reader = default(FrameReader);
        ReadOnlySpan<byte> head = [0x82, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
        var data = new byte[64 * 1024];
        // Once before it is counted: what is compiled on the way is not the reader's.
        ReadOnlySpan<byte> some = data;
        _ = reader.Read(ref head, out _);
        _ = reader.Read(ref some, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var kinds = FrameKind.None;
        for (var i = 0; i < 1600; i++)
        {
            ReadOnlySpan<byte> piece = data;
            kinds |= reader.Read(ref piece, out _);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1024), "bytes for 100 MB read");
            Assert.That(kinds, Is.EqualTo(FrameKind.None));
        }
    }

    [TestCase(0x7F, 0x7FFF_FFFF_FFFF_FFFF, true)]
    [TestCase(0x7F, long.MinValue, false)]
    public void A_length_has_at_most_63_bits(int marker, long length, bool good)
    {
        var bytes = new byte[10];
        (bytes[0], bytes[1]) = (0x82, (byte)marker);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2), length);

        Assert.That(
            Events(bytes, _ => 1), good ? Is.Empty : Is.EqualTo(new[] { "Violation a length of more than 63 bits" }));
    }

    private static List<string> Events(byte[] bytes, Func<int, int> nextPiece)
    {
        var reader = default(FrameReader);
        var events = new List<string>();
        for (var offset = 0; offset < bytes.Length;)
        {
            var take = nextPiece(bytes.Length - offset);
            ReadOnlySpan<byte> piece = bytes.AsSpan(offset, take);
            offset += take;
            while (!piece.IsEmpty)
            {
                var kind = reader.Read(ref piece, out var payload);
                if (kind == FrameKind.Violation)
                    return [.. events, "Violation " + reader.Violation];
                if (kind != FrameKind.None)
                    events.Add(kind is FrameKind.Message ? "Message" : $"{kind} {Convert.ToHexString(payload)}");
            }
        }

        return events;
    }

    private static (byte[] Bytes, List<string> Events) RandomFrames(Random random)
    {
        var bytes = new List<byte>();
        var events = new List<string>();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            if (random.Next(2) == 0)
                AddControl(random, bytes, events);
            else
                AddMessage(random, bytes, events);
        }

        return ([.. bytes], events);
    }

    private static void AddControl(Random random, List<byte> bytes, List<string> events)
    {
        var payload = new byte[random.Next(0, 126)];
        random.NextBytes(payload);
        var kind = random.Next(3) switch { 0 => FrameKind.Ping, 1 => FrameKind.Pong, _ => FrameKind.Close };
        if (kind == FrameKind.Close)
            payload = random.Next(4) == 0
                ? []
                : [0x03, (byte)(0xE8 + random.Next(4)), .. "bye €"u8[..(random.Next(2) * 4)]];
        bytes.AddRange(ServerFrame.Raw(
            ServerFrame.Final | (kind switch { FrameKind.Ping => 9, FrameKind.Pong => 10, _ => 8 }), payload));
        events.Add($"{kind} {Convert.ToHexString(payload)}");
    }

    // In fragments that cut characters, with control frames in between (RFC 6455, 5.4).
    private static void AddMessage(Random random, List<byte> bytes, List<string> events)
    {
        var text = random.Next(2) == 0;
        var payload = text
            ? Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("aß€😀", random.Next(0, 80))))
            : new byte[random.Next(0, 70_000)];
        var opcode = text ? 1 : 2;
        for (var offset = 0; ;)
        {
            var take = random.Next(3) == 0 ? payload.Length - offset : random.Next(0, payload.Length - offset + 1);
            var last = offset + take == payload.Length;
            bytes.AddRange(ServerFrame.Raw(opcode | (last ? ServerFrame.Final : 0), payload.AsSpan(offset, take)));
            (offset, opcode) = (offset + take, 0);
            if (last)
                break;
            if (random.Next(3) == 0)
                AddControl(random, bytes, events);
        }

        events.Add("Message");
    }
}
