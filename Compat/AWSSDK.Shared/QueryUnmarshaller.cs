using System.Net;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.Compat;

/// <summary>Reads an answer of the query protocol, or the error that came instead.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal sealed class QueryUnmarshaller<T>(QueryProtocol protocol) : XmlResponseUnmarshaller
    where T : AmazonWebServiceResponse, new()
{
    private const string Ending = "Response";

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        try
        {
            var root = XDocument.Load(input.Stream).Root;
            if (root?.Name.LocalName != typeof(T).Name)
                throw new XmlException($"The answer is no {typeof(T).Name}.");

            var result = ModelXml.Child(root, $"{typeof(T).Name[..^Ending.Length]}Result");
            var answer = result is null ? new T() : (T)ModelXml.Read(result, typeof(T));
            answer.ResponseMetadata = new ResponseMetadata
            {
                RequestId = ModelXml.Child(ModelXml.Child(root, "ResponseMetadata"), "RequestId")?.Value,
            };
            return answer;
        }
        catch (Exception error) when (error is XmlException or FormatException or OverflowException)
        {
            throw new AmazonUnmarshallingException(
                input.ResponseData.GetHeaderValue("x-amzn-RequestId"), typeof(T).Name, error);
        }
    }

    public override AmazonServiceException UnmarshallException(
        XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input);
        error.InnerException = innerException;
        error.StatusCode = statusCode;
        return protocol.Fault(error, innerException, statusCode);
    }
}
