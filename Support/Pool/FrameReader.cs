using System.Buffers.Binary;

namespace Support.Pool;

/// <summary>What a frame says to the pool; the payload of messages is checked and dropped.</summary>
internal enum FrameKind
{
    /// <summary>Nothing complete yet.</summary>
    None,

    /// <summary>A ping to be answered with its payload.</summary>
    Ping,

    /// <summary>A pong.</summary>
    Pong,

    /// <summary>The closing handshake's first or second half.</summary>
    Close,

    /// <summary>The end of a text or binary message.</summary>
    Message,

    /// <summary>The peer broke the rules; <see cref="FrameReader.Violation"/> says which.</summary>
    Violation,
}

/// <summary>
/// Reads a server's frames (RFC 6455, 5.2) from bytes that come in any pieces. Keeps some 40 bytes of state a
/// connection and never allocates what a length announces: messages are skipped, and a control frame has at most 125
/// bytes (5.5).
/// </summary>
internal struct FrameReader
{
    private const int MaxControlPayload = 125;

    private byte[]? control;
    private ulong remaining;
    private Utf8Checker utf8;
    private byte phase;
    private byte lengthBytes;
    private byte controlFill;
    private byte opcode;
    private bool final;
    private byte messageOpcode;

    /// <summary>The rule that was broken; null where none was.</summary>
    public string? Violation { get; private set; }

    /// <summary>Takes bytes from the front of <paramref name="input"/> up to the next frame that matters.</summary>
    /// <param name="input">What was received; shortened by what was taken.</param>
    /// <param name="payload">The payload of a control frame; valid until the next call.</param>
    public FrameKind Read(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        while (Violation is null)
        {
            if (phase == 3)
            {
                if (ReadPayload(ref input, out payload) is var kind and not FrameKind.None)
                    return kind;
                if (phase == 3)
                    return FrameKind.None;
                continue;
            }

            if (input.IsEmpty)
                return FrameKind.None;
            var b = input[0];
            input = input[1..];
            if (phase == 0)
                StartFrame(b);
            else if (phase == 1)
                TakeLength(b);
            else
                TakeLengthByte(b);
        }

        return FrameKind.Violation;
    }

    private readonly bool IsControl => opcode >= 8;

    private void StartFrame(byte b)
    {
        final = (b & 0x80) != 0;
        opcode = (byte)(b & 0x0F);
        phase = 1;
        Violation = (b & 0x70) != 0 ? "reserved bits are set and no extension was agreed to"
            : opcode is (> 2 and < 8) or > 10 ? $"opcode {opcode} is reserved"
            : IsControl && !final ? "a control frame is fragmented"
            : opcode == 0 && messageOpcode == 0 ? "a continuation without a message"
            : opcode is 1 or 2 && messageOpcode != 0 ? "a new message inside a fragmented one"
            : null;
        if (opcode is 1 or 2)
            messageOpcode = opcode;
    }

    private void TakeLength(byte b)
    {
        if ((b & 0x80) != 0)
        {
            Violation = "a server's frame is masked";
            return;
        }

        var length = b & 0x7F;
        if (IsControl && length > MaxControlPayload)
        {
            Violation = "a control frame is longer than 125 bytes";
            return;
        }

        lengthBytes = length switch { 126 => 2, 127 => 8, _ => 0 };
        remaining = lengthBytes == 0 ? (ulong)length : 0;
        controlFill = 0;
        phase = lengthBytes == 0 ? (byte)3 : (byte)2;
    }

    private void TakeLengthByte(byte b)
    {
        remaining = remaining << 8 | b;
        if (--lengthBytes > 0)
            return;
        if (remaining > long.MaxValue)
            Violation = "a length of more than 63 bits";
        phase = 3;
    }

    private FrameKind ReadPayload(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        var take = (int)Math.Min(remaining, (ulong)input.Length);
        var part = input[..take];
        input = input[take..];
        remaining -= (ulong)take;
        if (IsControl)
            return ReadControl(part, out payload);
        if (messageOpcode == 1 && !utf8.Take(part))
            return Violate("a text message is not UTF-8");
        if (remaining > 0)
            return FrameKind.None;
        phase = 0;
        return final ? EndMessage() : FrameKind.None;
    }

    private FrameKind EndMessage()
    {
        var complete = messageOpcode != 1 || utf8.AtCharacterEnd;
        messageOpcode = 0;
        utf8 = default;
        return complete ? FrameKind.Message : Violate("a text message ends inside a character");
    }

    private FrameKind ReadControl(ReadOnlySpan<byte> part, out ReadOnlySpan<byte> payload)
    {
        payload = part;
        if (remaining > 0 || controlFill > 0)
        {
            // Only a control frame that comes in pieces needs a place to be put together.
            control ??= new byte[MaxControlPayload];
            part.CopyTo(control.AsSpan(controlFill));
            controlFill += (byte)part.Length;
            payload = control.AsSpan(0, controlFill);
            if (remaining > 0)
                return FrameKind.None;
        }

        phase = 0;
        return opcode switch
        {
            8 => CloseProblem(payload) is { } problem ? Violate(problem) : FrameKind.Close,
            9 => FrameKind.Ping,
            _ => FrameKind.Pong,
        };
    }

    // RFC 6455, 5.5.1 and 7.4: empty, or a code that may go over the wire and a reason in UTF-8.
    private static string? CloseProblem(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return null;
        if (payload.Length == 1)
            return "a close frame with half a code";
        var code = BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (code is not ((>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999)))
            return $"close code {code} must not be sent";
        var reason = default(Utf8Checker);
        return reason.Take(payload[2..]) && reason.AtCharacterEnd ? null : "a close reason that is not UTF-8";
    }

    private FrameKind Violate(string rule)
    {
        Violation = rule;
        return FrameKind.Violation;
    }
}
