namespace Siamese.Web.Requests;

/// <summary>The body of the operation's requests is one image, or the pen strokes of a drawing, whatever media type it states.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TakesImageAttribute : Attribute;
