namespace Siamese.Model.Data.Strokes;

/// <summary>A place in a file for messages: a line, or a stroke and a point in it. All count from 1.</summary>
internal readonly record struct Place(int Line, int Stroke = 0, int Point = 0)
{
    public override string ToString() => Line > 0
        ? FormattableString.Invariant($"line {Line}")
        : FormattableString.Invariant($"stroke {Stroke}, point {Point}");
}
