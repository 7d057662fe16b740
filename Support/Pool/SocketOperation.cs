using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Support.Pool;

/// <summary>
/// One awaitable socket call at a time, used again and again: a slot's connects and receives allocate nothing, and a
/// held socket keeps no state of them. (Socket's own async methods leave some 500 bytes with every socket that used
/// them.)
/// </summary>
internal sealed class SocketOperation : SocketAsyncEventArgs, IValueTaskSource<SocketError>
{
    private ManualResetValueTaskSourceCore<SocketError> completion = new() { RunContinuationsAsynchronously = false };

    public SocketOperation()
        : base(true)
    {
    }

    public ValueTask<SocketError> ConnectAsync(Socket socket, EndPoint remote)
    {
        completion.Reset();
        RemoteEndPoint = remote;
        SetBuffer(null, 0, 0);
        return socket.ConnectAsync(this) ? new(this, completion.Version) : new(SocketError);
    }

    public ValueTask<SocketError> SendAsync(Socket socket, byte[] bytes)
    {
        completion.Reset();
        SetBuffer(bytes, 0, bytes.Length);
        return socket.SendAsync(this) ? new(this, completion.Version) : new(SocketError);
    }

    public ValueTask<SocketError> ReceiveAsync(Socket socket, byte[] buffer, int offset)
    {
        completion.Reset();
        SetBuffer(buffer, offset, buffer.Length - offset);
        return socket.ReceiveAsync(this) ? new(this, completion.Version) : new(SocketError);
    }

    public SocketError GetResult(short token) => completion.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => completion.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        completion.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e) => completion.SetResult(SocketError);
}
