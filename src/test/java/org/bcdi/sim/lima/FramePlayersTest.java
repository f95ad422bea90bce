package org.bcdi.sim.lima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bcdi.detector.PixelType;
import org.bcdi.detector.lima.DataArray;
import org.bcdi.volume.Shape3;
import org.bcdi.volume.Volume;
import org.junit.jupiter.api.Test;

class FramePlayersTest {
    private static final Volume COUNTS = new Volume(new Shape3(2, 1, 3), new float[] {0, 1, 2, 300, 70_000, -1});

    @Test
    void a_frame_shows_its_slice_in_little_endian() {
        FramePlayer player = FramePlayers.of(COUNTS, PixelType.UINT16);

        assertThat(player.frames()).isEqualTo(2);
        assertThat(player.layout()).isEqualTo(new DataArray.Layout(PixelType.UINT16, 1, 3));
        assertThat(player.frame(0)).containsExactly(0, 0, 1, 0, 2, 0);
    }

    @Test
    void counts_outside_the_range_of_the_type_are_clipped() {
        assertThat(FramePlayers.of(COUNTS, PixelType.UINT16).frame(1)).containsExactly(0x2c, 1, 0xff, 0xff, 0, 0);
        assertThat(FramePlayers.of(COUNTS, PixelType.INT8).frame(1)).containsExactly(127, 127, -1);
        assertThat(FramePlayers.of(COUNTS, PixelType.UINT8).frame(1)).containsExactly(0xff, 0xff, 0);
    }

    @Test
    void floating_types_keep_the_value() {
        byte[] pixels = FramePlayers.of(COUNTS, PixelType.FLOAT32).frame(1);

        byte[] image = DataArray.encodeImage(new DataArray.Layout(PixelType.FLOAT32, 1, 3), 1, DataArray.NONE, pixels);
        assertThat(DataArray.decode(image).pixels().getFloat(4)).isEqualTo(70_000f);
    }

    @Test
    void synthetic_frames_carry_their_number_and_repeat_their_noise() {
        FramePlayer player = FramePlayers.synthetic(new DataArray.Layout(PixelType.UINT32, 2, 2), 1000, 4, 3);

        byte[] frame = player.frame(517);

        assertThat(frame).startsWith(5, 2, 0, 0);
        assertThat(player.frame(521)).startsWith(9, 2, 0, 0).endsWith(frame[14], frame[15]);
        assertThat(player.frame(517)).isEqualTo(frame).isNotSameAs(frame);
    }

    @Test
    void a_film_without_frames_is_refused() {
        assertThatThrownBy(() -> FramePlayers.synthetic(new DataArray.Layout(PixelType.UINT32, 2, 2), 0, 1, 3))
                .hasMessageContaining("at least one frame: 0");
    }
}
