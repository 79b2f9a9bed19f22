using System.Text;
using Siamese.Model.Data.Strokes;
using Siamese.Testing.Strokes;

namespace Siamese.Model.Tests.Data.Strokes;

public sealed class StrokeReaderTests
{
    [Theory]
    [InlineData(StrokeFiles.Omniglot)]
    [InlineData(StrokeFiles.Svc2004)]
    [InlineData(StrokeFiles.Svc2004Task1)]
    [InlineData(StrokeFiles.Susig)]
    [InlineData(StrokeFiles.SigComp)]
    [InlineData(StrokeFiles.Csv)]
    [InlineData(StrokeFiles.Semicolons)]
    [InlineData(StrokeFiles.Json)]
    [InlineData(StrokeFiles.InkMl)]
    public void Every_format_gives_the_points_in_drawing_order(string text)
    {
        var path = SomeStrokes.Read(text);

        Assert.Equal([(10, 20, true), (30, 20, false), (30, 60, true), (40, 80, false), (40, 90, false)], path.Points.Select(point => (point.X, point.Y, point.StartsStroke)));
        Assert.True(path.HasTime);
    }

    [Theory]
    [InlineData(StrokeFiles.Omniglot, "0 10 50 60 65")]
    [InlineData(StrokeFiles.Svc2004, "100 110 150 160 165")]
    [InlineData(StrokeFiles.Svc2004Task1, "100 110 150 160 165")]
    [InlineData(StrokeFiles.Susig, "0 10 50 60 65")]
    [InlineData(StrokeFiles.SigComp, "0 5 15 20 25")]
    [InlineData(StrokeFiles.Csv, "0 10 50 60 65")]
    [InlineData(StrokeFiles.Semicolons, "0.5 10 50 60 65")]
    [InlineData(StrokeFiles.Json, "0 10 50 60 65")]
    [InlineData(StrokeFiles.InkMl, "0 10 50 60 65")]
    public void Times_are_those_of_the_file_or_200_rows_in_a_second(string text, string times) =>
        Assert.Equal(times, string.Join(' ', SomeStrokes.Read(text).Points.Select(point => point.Time)));

    [Theory]
    [InlineData(StrokeFiles.Svc2004)]
    [InlineData(StrokeFiles.Susig)]
    [InlineData(StrokeFiles.SigComp)]
    [InlineData(StrokeFiles.Csv)]
    [InlineData(StrokeFiles.Json)]
    [InlineData(StrokeFiles.InkMl)]
    public void Pressures_are_those_of_the_file(string text)
    {
        var path = SomeStrokes.Read(text);

        Assert.True(path.HasPressure);
        Assert.Equal([200, 300, 400, 500, 100], path.Points.Select(point => point.Pressure));
    }

    [Theory]
    [InlineData(StrokeFiles.Omniglot)]
    [InlineData(StrokeFiles.Svc2004Task1)]
    [InlineData(StrokeFiles.Semicolons)]
    [InlineData("x,y,pressure\n1,2,7\n3,4,7\n")]
    public void A_file_without_pressures_or_with_equal_ones_has_no_pressure(string text) => Assert.False(SomeStrokes.Read(text).HasPressure);

    [Theory]
    [InlineData("x,y\n1,2\n3,4\n")]
    [InlineData("x,y,t\n1,2,7\n3,4,7\n")]
    [InlineData("[[[1,2],[3,4]]]")]
    [InlineData("<ink><trace>1 2, 3 4</trace></ink>")]
    public void A_file_without_times_or_with_equal_ones_has_no_time(string text) => Assert.False(SomeStrokes.Read(text).HasTime);

    [Fact]
    public void Arrays_of_all_x_and_all_y_are_read_as_in_Quick_Draw()
    {
        var path = SomeStrokes.Read(StrokeFiles.QuickDraw);

        Assert.Equal(
            [(10, 20, 0, true), (20, 20, 5, false), (30, 20, 10, false), (30, 20, 10, false), (30, 20, 10, false), (30, 60, 50, true), (40, 80, 60, false), (40, 90, 65, false), (40, 90, 65, false)],
            path.Points.Select(point => (point.X, point.Y, point.Time, point.StartsStroke)));
    }

    [Theory]
    [InlineData("[[[1,2],[3,4]],[[5,6],[7,8],[9,10]]]", "1 3 5 7 9")]
    [InlineData("[[[1,2,3],[4,5,6]]]", "1 4")]
    [InlineData("[[[1,2],[3,4]],[[5,6,7,8,9],[10,11,12,13,14]]]", "1 2 5 6 7 8 9")]
    [InlineData("[[[1],[2]],[[3,4],[5,6]]]", "1 3 4")]
    [InlineData("[[[1,2,3,4],[5,6,7,8],[9,10,11,12],[13,14,15,16]]]", "1 5 9 13")]
    [InlineData("[[[1,2,3,4],[5,6,7,8]],[[9,10,11,12],[13,14,15,16],[17,18,19,20]]]", "1 5 9 13 17")]
    [InlineData("[[[1,2,3,4],[5,6,7,8]],[[9,10,11,12],[13,14,15,16]]]", "1 2 3 4 9 10 11 12")]
    public void Short_arrays_are_points_unless_one_is_too_long_or_too_short_for_a_point(string text, string x) =>
        Assert.Equal(x, string.Join(' ', SomeStrokes.Read(text).Points.Select(point => point.X)));

    [Theory]
    [InlineData("{\"strokes\":[[{\"x\":1,\"y\":2,\"t\":3,\"p\":4},{\"y\":6,\"x\":5,\"t\":7,\"p\":8,\"z\":{\"a\":[1]}}]]}")]
    [InlineData("{\"a\":{\"b\":[1,\"\\ud800\"]},\"Drawing\":[[],[{\"X\":1,\"Y\":2,\"Time\":3,\"Pressure\":4},{\"x\":5,\"y\":6,\"time\":7,\"pressure\":8}]]}")]
    public void Points_may_be_objects(string text) =>
        Assert.Equal([new(1, 2, 3, 4, true), new(5, 6, 7, 8, false)], SomeStrokes.Read(text).Points);

    [Fact]
    public void A_signature_pad_file_is_read()
    {
        var points = SomeStrokes.Read(StrokeFiles.SignaturePad).Points;

        Assert.Equal([new(10, 20, 1700000000000, 0.5, true), new(30, 20, 1700000000010, 0.25, false), new(30, 60, 1700000000050, 1, true), new(40, 80, 1700000000060, 1, false)], points);
    }

    /// <summary>The values follow from adding up the differences by hand.</summary>
    [Fact]
    public void InkML_prefixes_stand_for_differences_until_the_next_prefix()
    {
        var path = SomeStrokes.Read("<ink><trace>1125 18432,'23'43,\"7\"-8,3-5,7 -3,6 2,!1000 !2, * 3</trace></ink>");

        Assert.Equal(
            [(1125, 18432), (1148, 18475), (1178, 18510), (1211, 18540), (1251, 18567), (1297, 18596), (1000, 2), (1000, 3)],
            path.Points.Select(point => (point.X, point.Y)));
    }

    [Fact]
    public void InkML_intermittent_channels_may_be_left_out()
    {
        const string Format = "<traceFormat><channel name=\"X\"/><channel name=\"Y\"/><intermittentChannels><channel name=\"B\" type=\"boolean\"/></intermittentChannels></traceFormat>";

        var path = SomeStrokes.Read($"<ink><definitions><context>{Format}</context></definitions><traceGroup><trace>1 2 T, 3 4, 5 6 F,</trace></traceGroup><trace continuation=\"end\">7 8</trace></ink>");

        Assert.Equal([(1, true), (3, false), (5, false), (7, false)], path.Points.Select(point => (point.X, point.StartsStroke)));
    }

    [Fact]
    public void A_clock_that_was_set_back_a_little_stands_still()
    {
        var path = SomeStrokes.Read("START\n1,2,0\n3,4,500\n5,6,490\n7,8,1000\nBREAK\n");

        Assert.Equal([0, 500, 500, 1000], path.Points.Select(point => point.Time));
    }

    [Fact]
    public void Text_may_be_in_UTF_8_or_UTF_16_with_any_line_ends()
    {
        Encoding[] encodings = [Encoding.UTF8, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Encoding.Unicode, Encoding.BigEndianUnicode];
        foreach (var text in StrokeFiles.All)
        {
            var expected = SomeStrokes.Read(text).Points;
            foreach (var encoding in encodings)
            {
                foreach (var end in new[] { "\n", "\r\n", "\r" })
                {
                    byte[] file = [.. encoding.Preamble, .. encoding.GetBytes(text.ReplaceLineEndings(end))];
                    Assert.True(StrokeReader.Recognizes(file));
                    Assert.Equal(expected, StrokeReader.Read(file, "a").Points);
                }
            }
        }
    }

    [Fact]
    public void A_character_cut_at_the_end_of_the_first_kilobyte_does_not_matter()
    {
        var text = "{\"strokes\":[[[1,2],[3,4]]],\"by\":\"" + new string('é', 2000) + "\"}";

        Assert.True(StrokeReader.Recognizes(Encoding.UTF8.GetBytes(text)));
        Assert.True(StrokeReader.Recognizes(Encoding.UTF8.GetBytes(' ' + text)));
    }
}
