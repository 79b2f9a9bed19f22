using Siamese.Contracts.Listing;
using Siamese.Contracts.Wording;
using Siamese.Plots.Drawing;

namespace Siamese.Page.SweepPlots;

/// <summary>The trials of a sweep in the order in which they ended.</summary>
/// <param name="Sweep">The sweep's name.</param>
/// <param name="Measured">Number of its trials.</param>
/// <param name="Points">Some of them, with all that were the best so far.</param>
internal sealed record Course(string Sweep, int Measured, IReadOnlyList<CoursePoint> Points);

/// <summary>How good the best trial of each of some sweeps was as more and more trials ended.</summary>
internal static class BestCourse
{
    /// <returns>Null if no trial has an EER.</returns>
    public static Picture? Of(IReadOnlyList<Course> courses)
    {
        Course[] shown = [.. courses.Where(course => course.Points.Count > 0)];
        if (shown.Length == 0)
            return null;
        var isOne = courses.Count == 1;
        var frame = new Frame(
            Format.Page,
            "Best result so far",
            isOne ? "Dots are completed trials; the line is the best of them so far. Of dots that would lie over each other, the best is shown." : "The best completed trial so far.",
            Axis.Linear("Completed trials", 1, Math.Max(2, shown.Max(course => course.Measured)), isWhole: true),
            Axis.Around("Validation EER (%)", [.. shown.SelectMany(course => course.Points).Where(point => isOne || point.IsBest).Select(point => 100 * point.Eer)]));
        return frame.Picture(
            "best-so-far",
            [.. isOne ? shown[0].Points.Select(point => Dot(frame, point)) : [], .. shown.Index().Select(course => Steps(frame, Ink.Series[isOne ? 1 : course.Index], course.Item))],
            isOne ? null : [.. shown.Index().Select(course => new LegendEntry(Ink.Series[course.Index], course.Item.Sweep))]);
    }

    private static Dot Dot(Frame frame, CoursePoint point) => new(Ink.Series[0], frame.At(point.Place, 100 * point.Eer), 3) { Opacity = 0.6 };

    private static Polyline Steps(Frame frame, Ink ink, Course course)
    {
        var (points, best) = (new List<Point>(), 0.0);
        foreach (var point in course.Points.Where(point => point.IsBest))
        {
            if (points.Count > 0)
                points.Add(frame.At(point.Place, best));
            best = 100 * point.Eer;
            points.Add(frame.At(point.Place, best));
        }

        points.Add(frame.At(course.Measured, best));
        return new(ink, [.. points]) { Hint = $"{course.Sweep}: {Figures.Percent(best / 100)}" };
    }
}
