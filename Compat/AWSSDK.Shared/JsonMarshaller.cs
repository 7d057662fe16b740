using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Compat;

/// <summary>Writes a request: the operation in a header, the members in the body.</summary>
internal sealed class JsonMarshaller(JsonProtocol protocol) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    private const string Ending = "Request";

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var type = input.GetType();
        var request = new DefaultRequest(input, protocol.ServiceName)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = JsonSerializer.SerializeToUtf8Bytes(input, type, protocol.Json),
        };
        request.Headers["X-Amz-Target"] = $"{protocol.TargetPrefix}.{type.Name[..^Ending.Length]}";
        request.Headers["Content-Type"] = $"application/x-amz-json-{protocol.JsonVersion}";
        request.Headers["X-Amz-Api-Version"] = protocol.ApiVersion;
        if (protocol.QueryCodes)
            request.Headers["x-amzn-query-mode"] = "true";
        return request;
    }
}
