using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

/// <summary>What looks odd and is allowed; class and fragment stay empty.</summary>
internal static class HarmlessCases
{
    /// <summary>All of them.</summary>
    public static IEnumerable<FaultCase> All() =>
    [
        Fine("echo", GoodServer.Echo),
        Fine("head in pieces of one byte", AnswerFaults.ByteByByte),
        Fine("head of 12 KB", GoodServer.EchoWith([.. Enumerable.Repeat("X-Filler: " + new string('x', 1012), 12)])),
        Fine("message together with the answer", AnswerFaults.TogetherWith(ServerFrame.Text("welcome"))),
        Fine("ping together with the answer", AnswerFaults.TogetherWith(ServerFrame.Ping("early"))),
        Fine(
            "half a frame together with the answer", AnswerFaults.TogetherWith([0x81, 0x7E, 0x00], [0x02, 0x41, 0x42])),
        Fine("pong that nobody asked for", OpenFaults.SendsAndServes(ServerFrame.Pong("beat"u8))),
        Fine("empty message", OpenFaults.SendsAndServes(ServerFrame.Text(""))),
        Fine("ping of 125 bytes", OpenFaults.SendsAndServes(ServerFrame.Ping(new string('p', 125)))),
        Fine("message of 200 KB", OpenFaults.SendsAndServes(ServerFrame.Binary(200 * 1024))),
        Fine("message of 300 fragments with pings in between", OpenFaults.SendsAndServes(Fragments(300))),
        Fine("messages without end", OpenFaults.Flood),
        Fine("the subprotocol asked for", GoodServer.EchoWith("sec-websocket-protocol:  chat ")) with
        {
            Subprotocol = "chat",
        },
    ];

    private static FaultCase Fine(string name, Behaviour behaviour) => new(name, behaviour, "", "");

    // One euro sign over three fragments, again and again, a ping after each.
    private static byte[][] Fragments(int count)
    {
        byte[] euro = [0xE2, 0x82, 0xAC];
        var frames = new List<byte[]>();
        for (var i = 0; i < count; i++)
        {
            var first = (i == 0 ? 0x01 : 0x00) | (i == count - 1 ? ServerFrame.Final : 0);
            frames.Add(ServerFrame.Raw(first, euro.AsSpan(i % 3, 1)));
            frames.Add(ServerFrame.Ping("still there?"));
        }

        return [.. frames];
    }
}
