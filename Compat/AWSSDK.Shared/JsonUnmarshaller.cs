using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.Compat;

/// <summary>Reads an answer, or the error that came instead.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal sealed class JsonUnmarshaller<T>(JsonProtocol protocol) : JsonResponseUnmarshaller
    where T : AmazonWebServiceResponse, new()
{
    // Of the two halves, the code and who is at fault, the first.
    private const string QueryError = "x-amzn-query-error";

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        using var reader = new StreamReader(input.Stream);
        var body = reader.ReadToEnd();
        if (string.IsNullOrWhiteSpace(body))
            return new T();

        try
        {
            return JsonSerializer.Deserialize<T>(body, protocol.Json) ?? new T();
        }
        catch (JsonException error)
        {
            throw new AmazonUnmarshallingException(
                input.ResponseData.GetHeaderValue("x-amzn-RequestId"), error.Path, error);
        }
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        if (protocol.QueryCodes && input.ResponseData.GetHeaderValue(QueryError) is { Length: > 0 } code)
            error.Code = code.Split(';')[0];
        error.InnerException = innerException;
        error.StatusCode = statusCode;
        return protocol.Fault(error, innerException, statusCode);
    }
}
