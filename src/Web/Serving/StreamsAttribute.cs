namespace Siamese.Web.Serving;

/// <summary>An operation whose answer is a stream of events, which may take hours and hardly costs anything while it does.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StreamsAttribute : Attribute;
