using Support.Pool.Linux;

namespace Support.Pool;

/// <summary>One attempt in flight; its buffers serve attempt after attempt.</summary>
internal struct EpollSlot(int requestLength)
{
    private const int FirstBuffer = 1024;

    private byte[] buffer = new byte[FirstBuffer];

    /// <summary>-1 where the slot is free.</summary>
    public int Descriptor { get; set; } = -1;

    /// <summary>The index of the target's address.</summary>
    public int Target { get; private set; }

    /// <summary>The moment of the start, of TCP established, and of the deadline of the stage.</summary>
    public long Started { get; private set; }

    /// <inheritdoc cref="Started"/>
    public long Connected { get; private set; }

    /// <inheritdoc cref="Started"/>
    public long Deadline { get; private set; }

    /// <summary>Whether the request went out, that is, TCP is established.</summary>
    public bool IsSent { get; private set; }

    /// <summary>Bytes of the answer so far.</summary>
    public int Filled { get; set; }

    public byte[] Request { get; } = new byte[requestLength];

    public byte[] Accept { get; } = new byte[HandshakeRequest.AcceptLength];

    public readonly ReadOnlySpan<byte> Received => buffer.AsSpan(0, Filled);

    public void Begin(int target, long now, long limit)
    {
        (Target, Started, Connected, Deadline) = (target, now, now, now + limit);
        (IsSent, Filled) = (false, 0);
    }

    public void Sent(long now, long limit) => (IsSent, Connected, Deadline) = (true, now, now + limit);

    /// <summary>
    /// The free part of the buffer; it grows to what an answer may have, once, and only for a slot that meets a long
    /// one.
    /// </summary>
    public Span<byte> Room()
    {
        if (Filled == buffer.Length)
            Array.Resize(ref buffer, Math.Min(HandshakeResponse.MaxLength, buffer.Length * 4));
        return buffer.AsSpan(Filled);
    }
}
